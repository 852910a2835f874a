package dev.axiomml.dsl;

import dev.axiomml.core.op.ScalarOp;
import dev.axiomml.core.tensor.Tensor;

/**
 * A function of one number that stands between layers, e.g. {@code RELU} in {@code dense(256,
 * RELU)}.
 *
 * @param name what it is numbered as in a model, lower case
 * @param op the function with its slope and its errors
 */
public record Activation(String name, ScalarOp op) {
  /** Applies it to each element; float32 in, float32 out, NaN stays NaN. */
  public Tensor apply(Tensor x) {
    return Functions.run(op, x);
  }
}
