/**
 * Operators whose results are sizes, or whose sizes only a run tells.
 *
 * <p>It uses {@code core.op} and packages that stand before it; no two packages of operators use
 * each other both ways.
 */
@NullMarked
package dev.axiomml.core.op.shape;

import org.jspecify.annotations.NullMarked;
