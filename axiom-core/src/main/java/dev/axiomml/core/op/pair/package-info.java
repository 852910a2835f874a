/**
 * Element-wise operators of two or more values, broadcast from the right.
 *
 * <p>It uses {@code core.op} and packages that stand before it; no two packages of operators use
 * each other both ways.
 */
@NullMarked
package dev.axiomml.core.op.pair;

import org.jspecify.annotations.NullMarked;
