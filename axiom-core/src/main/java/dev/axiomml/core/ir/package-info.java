/**
 * The graph, and the two ways to read it: forward with a {@code Meaning}, backward with an {@code
 * Adjoint}.
 */
@NullMarked
package dev.axiomml.core.ir;

import org.jspecify.annotations.NullMarked;
