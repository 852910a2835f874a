/**
 * The catalogue of built-in operators.
 *
 * <p>It uses {@code core.op} and packages that stand before it; no two packages of operators use
 * each other both ways.
 */
@NullMarked
package dev.axiomml.core.op.catalog;

import org.jspecify.annotations.NullMarked;
