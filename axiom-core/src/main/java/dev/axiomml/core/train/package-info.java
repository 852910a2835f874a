/** Gradients, and what training makes of them. */
@NullMarked
package dev.axiomml.core.train;

import org.jspecify.annotations.NullMarked;
