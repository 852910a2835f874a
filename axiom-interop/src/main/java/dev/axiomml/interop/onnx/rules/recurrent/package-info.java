/** Rules of recurrent cells: RNN, GRU and LSTM. */
@NullMarked
package dev.axiomml.interop.onnx.rules.recurrent;

import org.jspecify.annotations.NullMarked;
