package dev.axiomml.dsl;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.op.Add;
import dev.axiomml.core.op.Dropout;
import dev.axiomml.core.op.Mul;
import dev.axiomml.core.op.Softmax;
import dev.axiomml.core.tensor.Type;
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
  RealFlow(Spot spot) {
    super(spot);
  }

  /** Any activation, e.g. {@code activation(GELU)}. */
  public final F activation(Activation activation) {
    return apply(Part.of(activation.name(), activation.op()));
  }

  /** Rectifier. */
  public final F relu() {
    return activation(Activations.RELU);
  }

  /** Logistic function, into (0, 1). */
  public final F sigmoid() {
    return activation(Activations.SIGMOID);
  }

  /** Softmax over the last axis: features of a vector, channels of an image. */
  public final F softmax() {
    return apply(Part.of("softmax", new Softmax(-1)));
  }

  /** Drops that share of the elements in training; nothing at inference. */
  public final F dropout(double rate) {
    return apply("dropout", in -> Part.of("dropout", new Dropout(rate)));
  }

  /** Batch norm over the last axis, with PyTorch's epsilon of 1e-5. */
  public final F batchNorm() {
    return apply("batchnorm", Norms.batch(1e-5));
  }

  /** Batch norm over the last axis. */
  public final F batchNorm(double epsilon) {
    return apply("batchnorm", Norms.batch(epsilon));
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
    return body.apply(self()).joined("add", "residual", self());
  }

  final F joined(String kind, String word, F skip) {
    return at(
        spot()
            .add(
                kind,
                in -> {
                  requireSame(word, in, skip.type());
                  return Part.of(kind, new Add());
                },
                skip.spot()));
  }

  /** Product with another flow, element by element; sizes of 1 are stretched. */
  public final F times(F other) {
    return apply(Part.of("mul", new Mul()), other);
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
    boolean sizes =
        !body.shape()
            .sub(1, body.shape().rank() - 1)
            .matches(skip.shape().sub(1, skip.shape().rank() - 1));
    return sizes
        ? "use same() in the branch's convolutions, or shrink the skip with conv(…, 1, stride(2))"
        : "end the branch with conv(" + channels + ", 1)";
  }
}
