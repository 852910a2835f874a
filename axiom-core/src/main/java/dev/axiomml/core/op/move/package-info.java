/**
 * Operators that only move elements: reshape, permute, slice, pad, join.
 *
 * <p>It uses {@code core.op} and packages that stand before it; no two packages of operators use
 * each other both ways.
 */
@NullMarked
package dev.axiomml.core.op.move;

import org.jspecify.annotations.NullMarked;
