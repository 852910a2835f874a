package dev.axiomml.dsl;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.norm.LogSoftmax;
import dev.axiomml.core.op.norm.Softmax;
import dev.axiomml.core.run.Interpreter;
import dev.axiomml.core.tensor.Tensor;
import java.util.List;

/**
 * Activations as functions on tensors, of any shape, element by element.
 *
 * <p>They compute what the layer of the same name computes on the reference backend.
 *
 * <pre>{@code
 * Tensor y = Functions.relu(Tensor.of(Shape.of(3), -1, 0, 2));
 * }</pre>
 */
public final class Functions {
  private Functions() {}

  static Tensor run(Op op, Tensor x) {
    GraphBuilder builder = Graph.builder();
    Value in = builder.input("x", x.type());
    Graph graph = builder.build(builder.emit(op, List.of(in)));
    return graph.read(List.of(x), new Interpreter()).get(0).tensor();
  }

  /** Rectifier: the larger of {@code x} and zero. */
  public static Tensor relu(Tensor x) {
    return Activations.RELU.apply(x);
  }

  /** Rectifier that stops at six. */
  public static Tensor relu6(Tensor x) {
    return Activations.RELU6.apply(x);
  }

  /** Exponential linear unit with plateau −1. */
  public static Tensor elu(Tensor x) {
    return Activations.ELU.apply(x);
  }

  /** Scaled exponential linear unit. */
  public static Tensor selu(Tensor x) {
    return Activations.SELU.apply(x);
  }

  /** Exponential linear unit with slope one at zero. */
  public static Tensor celu(Tensor x) {
    return Activations.CELU.apply(x);
  }

  /** Gaussian error linear unit, exact. */
  public static Tensor gelu(Tensor x) {
    return Activations.GELU.apply(x);
  }

  /** GELU approximated by tanh. */
  public static Tensor geluTanh(Tensor x) {
    return Activations.GELU_TANH.apply(x);
  }

  /** {@code x · σ(x)}, also called swish. */
  public static Tensor silu(Tensor x) {
    return Activations.SILU.apply(x);
  }

  /** {@code x · tanh(softplus(x))}. */
  public static Tensor mish(Tensor x) {
    return Activations.MISH.apply(x);
  }

  /** {@code x · relu6(x + 3) / 6}. */
  public static Tensor hardSwish(Tensor x) {
    return Activations.HARD_SWISH.apply(x);
  }

  /** {@code relu6(x + 3) / 6}. */
  public static Tensor hardSigmoid(Tensor x) {
    return Activations.HARD_SIGMOID.apply(x);
  }

  /** Held between −1 and 1. */
  public static Tensor hardTanh(Tensor x) {
    return Activations.HARD_TANH.apply(x);
  }

  /** {@code ln(1 + exp(x))}. */
  public static Tensor softplus(Tensor x) {
    return Activations.SOFTPLUS.apply(x);
  }

  /** {@code x / (1 + |x|)}. */
  public static Tensor softsign(Tensor x) {
    return Activations.SOFTSIGN.apply(x);
  }

  /** Logistic function, into (0, 1). */
  public static Tensor sigmoid(Tensor x) {
    return Activations.SIGMOID.apply(x);
  }

  /** Logarithm of the logistic function. */
  public static Tensor logSigmoid(Tensor x) {
    return Activations.LOG_SIGMOID.apply(x);
  }

  /** Hyperbolic tangent, into [−1, 1]. */
  public static Tensor tanh(Tensor x) {
    return Activations.TANH.apply(x);
  }

  /** Rectifier with a slope below zero. */
  public static Tensor leakyRelu(Tensor x, double slope) {
    return Activation.leakyRelu(slope).apply(x);
  }

  /** Exponential linear unit with a plateau of −alpha. */
  public static Tensor elu(Tensor x, double alpha) {
    return Activation.elu(alpha).apply(x);
  }

  /** Exponentials of the last axis divided by their sum. */
  public static Tensor softmax(Tensor x) {
    return run(new Softmax(-1), x);
  }

  /** Logarithm of softmax over the last axis. */
  public static Tensor logSoftmax(Tensor x) {
    return run(new LogSoftmax(-1), x);
  }
}
