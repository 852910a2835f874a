/** Operators that are stated by their parts, and the run in double precision that computes them. */
@NullMarked
package dev.axiomml.core.op.parts;

import org.jspecify.annotations.NullMarked;
