/**
 * LSTM, GRU and plain recurrent layers.
 *
 * <p>It uses {@code core.op} and packages that stand before it; no two packages of operators use
 * each other both ways.
 */
@NullMarked
package dev.axiomml.core.op.recurrent;

import org.jspecify.annotations.NullMarked;
