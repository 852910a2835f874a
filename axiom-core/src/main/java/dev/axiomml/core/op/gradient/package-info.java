/** Operators that gradients are made of; each has a gradient itself. */
@NullMarked
package dev.axiomml.core.op.gradient;

import org.jspecify.annotations.NullMarked;
