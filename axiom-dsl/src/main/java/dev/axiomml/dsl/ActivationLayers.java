package dev.axiomml.dsl;

import java.util.function.Function;

/** Activations as layer objects; {@code Dsl} has them all. */
class ActivationLayers extends WindowWords {
  /** For {@code Dsl}. */
  ActivationLayers() {}

  static <F extends RealFlow<F>> LayerBlock<F, F> real(
      String text, Function<RealFlow<?>, Flow<?>> rule) {
    return new LayerBlock<>(text, x -> rule.apply(FlowNarrowing.real(x, text)));
  }

  /** Any activation as a layer. */
  public static <F extends RealFlow<F>> LayerBlock<F, F> activation(Activation activation) {
    return real(activation.name() + "()", x -> x.activation(activation));
  }

  /** Rectifier: the larger of {@code x} and zero. */
  public static <F extends RealFlow<F>> LayerBlock<F, F> relu() {
    return activation(RELU);
  }

  /** Rectifier that stops at six. */
  public static <F extends RealFlow<F>> LayerBlock<F, F> relu6() {
    return activation(RELU6);
  }

  /** Exponential linear unit with plateau −1. */
  public static <F extends RealFlow<F>> LayerBlock<F, F> elu() {
    return activation(ELU);
  }

  /** Scaled exponential linear unit. */
  public static <F extends RealFlow<F>> LayerBlock<F, F> selu() {
    return activation(SELU);
  }

  /** Exponential linear unit with slope one at zero. */
  public static <F extends RealFlow<F>> LayerBlock<F, F> celu() {
    return activation(CELU);
  }

  /** Gaussian error linear unit, exact. */
  public static <F extends RealFlow<F>> LayerBlock<F, F> gelu() {
    return activation(GELU);
  }

  /** GELU approximated by tanh. */
  public static <F extends RealFlow<F>> LayerBlock<F, F> geluTanh() {
    return activation(GELU_TANH);
  }

  /** {@code x · σ(x)}, also called swish. */
  public static <F extends RealFlow<F>> LayerBlock<F, F> silu() {
    return activation(SILU);
  }

  /** {@code x · tanh(softplus(x))}. */
  public static <F extends RealFlow<F>> LayerBlock<F, F> mish() {
    return activation(MISH);
  }

  /** {@code x · relu6(x + 3) / 6}. */
  public static <F extends RealFlow<F>> LayerBlock<F, F> hardSwish() {
    return activation(HARD_SWISH);
  }

  /** {@code relu6(x + 3) / 6}. */
  public static <F extends RealFlow<F>> LayerBlock<F, F> hardSigmoid() {
    return activation(HARD_SIGMOID);
  }

  /** Held between −1 and 1. */
  public static <F extends RealFlow<F>> LayerBlock<F, F> hardTanh() {
    return activation(HARD_TANH);
  }

  /** {@code ln(1 + exp(x))}. */
  public static <F extends RealFlow<F>> LayerBlock<F, F> softplus() {
    return activation(SOFTPLUS);
  }

  /** {@code x / (1 + |x|)}. */
  public static <F extends RealFlow<F>> LayerBlock<F, F> softsign() {
    return activation(SOFTSIGN);
  }

  /** Logistic function, into (0, 1). */
  public static <F extends RealFlow<F>> LayerBlock<F, F> sigmoid() {
    return activation(SIGMOID);
  }

  /** Logarithm of the logistic function. */
  public static <F extends RealFlow<F>> LayerBlock<F, F> logSigmoid() {
    return activation(LOG_SIGMOID);
  }

  /** Hyperbolic tangent, into [−1, 1]. */
  public static <F extends RealFlow<F>> LayerBlock<F, F> tanh() {
    return activation(TANH);
  }

  /** Rectifier with a slope below zero. */
  public static <F extends RealFlow<F>> LayerBlock<F, F> leakyRelu(double slope) {
    return activation(Activation.leakyRelu(slope));
  }

  /** Exponential linear unit with a plateau of −alpha. */
  public static <F extends RealFlow<F>> LayerBlock<F, F> elu(double alpha) {
    return activation(Activation.elu(alpha));
  }
}
