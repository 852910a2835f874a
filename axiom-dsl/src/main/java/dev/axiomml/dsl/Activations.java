package dev.axiomml.dsl;

import dev.axiomml.core.op.scalar.Celu;
import dev.axiomml.core.op.scalar.Clip;
import dev.axiomml.core.op.scalar.Elu;
import dev.axiomml.core.op.scalar.Gelu;
import dev.axiomml.core.op.scalar.GeluTanh;
import dev.axiomml.core.op.scalar.HardSigmoid;
import dev.axiomml.core.op.scalar.HardSwish;
import dev.axiomml.core.op.scalar.LogSigmoid;
import dev.axiomml.core.op.scalar.Mish;
import dev.axiomml.core.op.scalar.Relu;
import dev.axiomml.core.op.scalar.Selu;
import dev.axiomml.core.op.scalar.Sigmoid;
import dev.axiomml.core.op.scalar.Silu;
import dev.axiomml.core.op.scalar.Softplus;
import dev.axiomml.core.op.scalar.Softsign;
import dev.axiomml.core.op.scalar.Tanh;
import dev.axiomml.core.property.Claims;

/** The words for activations, with PyTorch's settings; {@code Dsl} has them all. */
class Activations extends Claims {
  /** Rectifier: the larger of {@code x} and zero. */
  public static final Activation RELU = new Activation("relu", new Relu());

  /** Rectifier that stops at six. */
  public static final Activation RELU6 = new Activation("relu6", new Clip(0, 6));

  /** Rectifier with slope 0.01 below zero; {@link Activation#leakyRelu} takes another. */
  public static final Activation LEAKY_RELU = Activation.leakyRelu(0.01);

  /** Exponential linear unit with plateau −1. */
  public static final Activation ELU = new Activation("elu", new Elu(1));

  /** Scaled exponential linear unit. */
  public static final Activation SELU = new Activation("selu", new Selu());

  /** Exponential linear unit with slope one at zero. */
  public static final Activation CELU = new Activation("celu", new Celu(1));

  /** {@code x · Φ(x)} by the exact error function. */
  public static final Activation GELU = new Activation("gelu", new Gelu());

  /** GELU's approximation by tanh. */
  public static final Activation GELU_TANH = new Activation("gelu", new GeluTanh());

  /** {@code x · σ(x)}, also called swish. */
  public static final Activation SILU = new Activation("silu", new Silu());

  /** {@code x · tanh(softplus(x))}. */
  public static final Activation MISH = new Activation("mish", new Mish());

  /** {@code x · relu6(x + 3) / 6}. */
  public static final Activation HARD_SWISH = new Activation("hardswish", new HardSwish());

  /** {@code relu6(x + 3) / 6}. */
  public static final Activation HARD_SIGMOID =
      new Activation("hardsigmoid", new HardSigmoid(1.0 / 6, 0.5));

  /** Held between −1 and 1. */
  public static final Activation HARD_TANH = new Activation("hardtanh", new Clip(-1, 1));

  /** {@code ln(1 + exp(x))}, {@code x} itself above 20. */
  public static final Activation SOFTPLUS = new Activation("softplus", new Softplus(1, 20));

  /** {@code x / (1 + |x|)}. */
  public static final Activation SOFTSIGN = new Activation("softsign", new Softsign());

  /** Logistic function, into (0, 1). */
  public static final Activation SIGMOID = new Activation("sigmoid", new Sigmoid());

  /** Logarithm of the logistic function. */
  public static final Activation LOG_SIGMOID = new Activation("logsigmoid", new LogSigmoid());

  /** Hyperbolic tangent, into [−1, 1]. */
  public static final Activation TANH = new Activation("tanh", new Tanh());

  /** For {@code Dsl}. */
  Activations() {}
}
