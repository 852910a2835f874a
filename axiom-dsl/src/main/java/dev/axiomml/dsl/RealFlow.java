package dev.axiomml.dsl;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.op.move.Concat;
import dev.axiomml.core.op.move.Dropout;
import dev.axiomml.core.op.norm.LogSoftmax;
import dev.axiomml.core.op.norm.Softmax;
import dev.axiomml.core.op.pair.Add;
import dev.axiomml.core.op.pair.Mul;
import dev.axiomml.core.op.pair.PRelu;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.dsl.part.MoveParts;
import dev.axiomml.dsl.part.NormParts;
import dev.axiomml.dsl.recipe.LayerPosition;
import dev.axiomml.dsl.recipe.OperatorPart;
import dev.axiomml.dsl.recipe.WeightDraft;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A flow of real numbers: what every kind but tokens can do.
 *
 * <p>Activations work element by element; norms and softmax work on the last axis (features or
 * channels) unless they say otherwise.
 *
 * @param <F> the kind of flow
 */
public abstract sealed class RealFlow<F extends RealFlow<F>> extends Flow<F>
    permits SpatialFlow, VectorFlow, AnyFlow {
  RealFlow(LayerPosition spot) {
    super(spot);
  }

  /** Any activation, e.g. {@code activation(GELU)}. */
  public final F activation(Activation activation) {
    return apply(OperatorPart.of(activation.name(), activation.op()));
  }

  /** Rectifier: the larger of {@code x} and zero. */
  public final F relu() {
    return activation(Activations.RELU);
  }

  /** Rectifier that stops at six. */
  public final F relu6() {
    return activation(Activations.RELU6);
  }

  /** Exponential linear unit with plateau −1. */
  public final F elu() {
    return activation(Activations.ELU);
  }

  /** Scaled exponential linear unit. */
  public final F selu() {
    return activation(Activations.SELU);
  }

  /** Exponential linear unit with slope one at zero. */
  public final F celu() {
    return activation(Activations.CELU);
  }

  /** Gaussian error linear unit, exact. */
  public final F gelu() {
    return activation(Activations.GELU);
  }

  /** GELU approximated by tanh. */
  public final F geluTanh() {
    return activation(Activations.GELU_TANH);
  }

  /** {@code x · σ(x)}, also called swish. */
  public final F silu() {
    return activation(Activations.SILU);
  }

  /** {@code x · tanh(softplus(x))}. */
  public final F mish() {
    return activation(Activations.MISH);
  }

  /** {@code x · relu6(x + 3) / 6}. */
  public final F hardSwish() {
    return activation(Activations.HARD_SWISH);
  }

  /** {@code relu6(x + 3) / 6}. */
  public final F hardSigmoid() {
    return activation(Activations.HARD_SIGMOID);
  }

  /** Held between −1 and 1. */
  public final F hardTanh() {
    return activation(Activations.HARD_TANH);
  }

  /** {@code ln(1 + exp(x))}. */
  public final F softplus() {
    return activation(Activations.SOFTPLUS);
  }

  /** {@code x / (1 + |x|)}. */
  public final F softsign() {
    return activation(Activations.SOFTSIGN);
  }

  /** Logistic function, into (0, 1). */
  public final F sigmoid() {
    return activation(Activations.SIGMOID);
  }

  /** Logarithm of the logistic function. */
  public final F logSigmoid() {
    return activation(Activations.LOG_SIGMOID);
  }

  /** Hyperbolic tangent, into [−1, 1]. */
  public final F tanh() {
    return activation(Activations.TANH);
  }

  /** Rectifier with a slope below zero. */
  public final F leakyRelu(double slope) {
    return activation(Activation.leakyRelu(slope));
  }

  /** Exponential linear unit with a plateau of −alpha. */
  public final F elu(double alpha) {
    return activation(Activation.elu(alpha));
  }

  /** Softmax over the last axis: features of a vector, channels of an image. */
  public final F softmax() {
    return apply(OperatorPart.of("softmax", new Softmax(-1)));
  }

  /** Drops that share of the elements in training; nothing at inference. */
  public final F dropout(double rate) {
    return apply("dropout", in -> OperatorPart.of("dropout", new Dropout(rate)));
  }

  /** Logarithm of softmax over the last axis. */
  public final F logSoftmax() {
    return apply(OperatorPart.of("logsoftmax", new LogSoftmax(-1)));
  }

  /** The first half of the last axis times the logistic function of the second half. */
  public final F glu() {
    return at(MoveParts.glu(spot()));
  }

  /** Rectifier with a learned slope below zero, one for all channels. */
  public final F prelu() {
    return prelu(1);
  }

  /** Rectifier with learned slopes below zero, 1 or one for each channel. */
  public final F prelu(int slopes) {
    List<WeightDraft> weights = List.of(WeightDraft.channels("weight", slopes, 0.25));
    return apply(OperatorPart.keeping("prelu", weights, new PRelu()));
  }

  /** Batch norm over the last axis, with PyTorch's epsilon of 1e-5. */
  public final F batchNorm() {
    return batchNorm(NormParts.EPSILON);
  }

  /** Batch norm over the last axis. */
  public final F batchNorm(double epsilon) {
    return apply("batchnorm", NormParts.batch(epsilon, NormParts.Learned.BOTH));
  }

  /** Layer norm over the last axis. */
  public final F layerNorm() {
    return layerNorm(1);
  }

  /** Layer norm over so many of the last axes. */
  public final F layerNorm(int axes) {
    return layerNorm(axes, NormParts.EPSILON);
  }

  /** Layer norm over so many of the last axes, with another epsilon than PyTorch's 1e-5. */
  public final F layerNorm(int axes, double epsilon) {
    return apply("layernorm", NormParts.layer(axes, epsilon, NormParts.Learned.BOTH));
  }

  /** RMS norm over the last axis. */
  public final F rmsNorm() {
    return apply("rmsnorm", NormParts.rms(1, NormParts.RMS_EPSILON, NormParts.Learned.FACTORS));
  }

  /** Group norm: channels in so many groups, each normalised over its channels and positions. */
  public final F groupNorm(int groups) {
    return apply("groupnorm", NormParts.group(groups, NormParts.EPSILON, NormParts.Learned.BOTH));
  }

  /**
   * Sum with another flow of the same shape.
   *
   * @throws ShapeException when the shapes differ
   */
  public final F plus(F other) {
    return joined("add", "plus", other);
  }

  /** What the body makes of this, plus this: a skip connection. */
  public final F residual(UnaryOperator<F> body) {
    return body.apply(self()).joined("residual", "residual", self());
  }

  final F joined(String kind, String word, F skip) {
    return at(
        spot()
            .add(
                kind,
                in -> {
                  requireSame(word, in, skip.type());
                  return OperatorPart.of(kind, new Add());
                },
                skip.spot()));
  }

  /** Product with another flow, element by element; sizes of 1 are stretched. */
  public final F times(F other) {
    return apply(OperatorPart.of("mul", new Mul()), other);
  }

  /** This and another side by side along the last axis (channels or features). */
  public final F concat(F other) {
    return self().beside(List.of(other));
  }

  final F beside(List<? extends F> others) {
    LayerPosition[] more = others.stream().map(Flow::spot).toArray(LayerPosition[]::new);
    return at(
        spot()
            .add(
                "concat",
                in -> {
                  others.forEach(other -> requireBeside(in, other.type()));
                  return OperatorPart.of("concat", new Concat(-1));
                },
                more));
  }

  private static void requireBeside(Type first, Type other) {
    Shape a = first.shape();
    Shape b = other.shape();
    if (a.rank() != b.rank() || !a.sub(0, a.rank() - 1).matches(b.sub(0, b.rank() - 1))) {
      throw new ShapeException(
          new Diagnosis(
              "concat of " + a + " and " + b,
              "",
              "all sizes but the last (channels or features) must be equal",
              "bring the branches to one size first, e.g. with same() or a pool"));
    }
  }

  private static void requireSame(String word, Type body, Type skip) {
    if (!body.shape().matches(skip.shape())) {
      throw new ShapeException(
          new Diagnosis(
              word + " adds " + skip.shape() + " and " + body.shape(),
              "",
              "both branches must have the same sizes, axis by axis",
              fix(List.of(body, skip))));
    }
  }

  private static String fix(List<Type> sides) {
    Type body = sides.get(0);
    Type skip = sides.get(1);
    boolean image = skip.shape().rank() > 2 && skip.shape().rank() == body.shape().rank();
    String channels = skip.shape().dim(-1).toString();
    if (!image) {
      return "end the branch with dense(" + channels + ")";
    }
    boolean positions =
        body.shape()
            .sub(1, body.shape().rank() - 1)
            .matches(skip.shape().sub(1, skip.shape().rank() - 1));
    boolean width = body.shape().dim(-1).matches(skip.shape().dim(-1));
    String same = "use same() in the branch's convolutions";
    String last = "end the branch with conv(" + channels + ", 1)";
    if (positions) {
      return last;
    }
    return width ? same + ", or shrink the skip as the branch does" : same + " and " + last;
  }
}
