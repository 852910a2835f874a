/**
 * Pooling, and the geometry of windows over spatial axes.
 *
 * <p>It uses {@code core.op} and packages that stand before it; no two packages of operators use
 * each other both ways.
 */
@NullMarked
package dev.axiomml.core.op.window;

import org.jspecify.annotations.NullMarked;
