/**
 * Operators that apply a function of one number to each element.
 *
 * <p>It uses {@code core.op} and packages that stand before it; no two packages of operators use
 * each other both ways.
 */
@NullMarked
package dev.axiomml.core.op.scalar;

import org.jspecify.annotations.NullMarked;
