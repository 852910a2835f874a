/** Questions about all inputs of a model, their answers and the certificates behind them. */
@NullMarked
package dev.axiomml.verify;

import org.jspecify.annotations.NullMarked;
