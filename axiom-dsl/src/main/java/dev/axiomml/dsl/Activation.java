package dev.axiomml.dsl;

import dev.axiomml.core.op.ScalarOp;
import dev.axiomml.core.op.scalar.Elu;
import dev.axiomml.core.op.scalar.LeakyRelu;
import dev.axiomml.core.tensor.Tensor;

/**
 * A function of one number that stands between layers, e.g. {@code RELU} in {@code dense(256,
 * RELU)}.
 *
 * <pre>{@code
 * VectorFlow y = Axiom.model("net").input(vector(4)).dense(8, Activation.leakyRelu(0.1));
 * Tensor z = GELU.apply(Tensor.of(Shape.of(2), -1, 1));
 * }</pre>
 *
 * @param name what it is numbered as in a model, lower case
 * @param op the function with its slope and its errors
 */
public record Activation(String name, ScalarOp op) {
  /** Applies it to each element; float32 in, float32 out, NaN stays NaN. */
  public Tensor apply(Tensor x) {
    return Functions.run(op, x);
  }

  /** Rectifier with a slope below zero. */
  public static Activation leakyRelu(double slope) {
    return new Activation("leakyrelu", new LeakyRelu(slope));
  }

  /** Exponential linear unit with a plateau of −alpha. */
  public static Activation elu(double alpha) {
    return new Activation("elu", new Elu(alpha));
  }
}
