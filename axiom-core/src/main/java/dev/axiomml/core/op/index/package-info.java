/**
 * Operators that choose or write elements by number: gather, scatter, arg-max, top-k.
 *
 * <p>It uses {@code core.op} and packages that stand before it; no two packages of operators use
 * each other both ways.
 */
@NullMarked
package dev.axiomml.core.op.index;

import org.jspecify.annotations.NullMarked;
