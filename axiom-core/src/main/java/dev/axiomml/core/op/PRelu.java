package dev.axiomml.core.op;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.tensor.Indices;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Rectifier with learned slopes: {@code x} above zero, {@code slope · x} below; NaN stays NaN.
 *
 * <p>Shape: any, unchanged; the slopes are broadcast from the right, one a channel when they are
 * (C). In the inference graph it becomes {@code relu(x) − slope · relu(−x)}, which rounds alike and
 * has linear bounds.
 *
 * @param slope slopes below zero, finite
 */
public record PRelu(Parameter slope) implements RowOp, Composite {
  @Override
  public List<Parameter> parameters() {
    return List.of(slope);
  }

  @Override
  public PRelu withParameters(UnaryOperator<Parameter> change) {
    return new PRelu(change.apply(slope));
  }

  @Override
  public List<Type> infer(List<Type> in) {
    Families.arity(this, in, 1);
    Families.floats(this, in);
    Shape out = Shapes.broadcast("prelu", in.get(0).shape(), slope.tensor().shape());
    if (!out.matches(in.get(0).shape())) {
      throw new ShapeException(
          new Diagnosis(
              "prelu slopes " + slope.tensor().shape() + " on " + in.get(0).shape(),
              "",
              "the slopes are broadcast to the input, which keeps its shape",
              "use one slope, or one for each channel"));
    }
    return List.of(in.get(0));
  }

  private int[] slopes(List<Type> in) {
    Shape shape = in.get(0).shape();
    return Indices.walk(shape.sizes(), Indices.broadcast(slope.tensor().shape(), shape));
  }

  @Override
  public List<double[]> apply(List<Type> in, List<double[]> x) {
    int[] at = slopes(in);
    double[] y = x.get(0).clone();
    for (int i = 0; i < y.length; i++) {
      y[i] = y[i] > 0 ? y[i] : y[i] * slope.tensor().doubleAt(at[i]);
    }
    return List.of(y);
  }

  @Override
  public List<double[]> vjp(List<Type> in, List<double[]> x, List<double[]> g) {
    int[] at = slopes(in);
    double[] dx = g.get(0).clone();
    for (int i = 0; i < dx.length; i++) {
      dx[i] *= x.get(0)[i] > 0 ? 1 : slope.tensor().doubleAt(at[i]);
    }
    return List.of(dx);
  }

  @Override
  public Optional<List<Box>> bound(List<Type> in, List<Box> x) {
    int[] at = slopes(in);
    Box y = new Box(new double[at.length], new double[at.length]);
    for (int i = 0; i < at.length; i++) {
      Interval a = Interval.of(x.get(0), i);
      double s = slope.tensor().doubleAt(at[i]);
      Interval below = Interval.around(Math.min(a.lo(), 0) * s, Math.min(a.hi(), 0) * s).rounded(1);
      (a.hi() <= 0 ? below : a.lo() > 0 ? a : below.and(new Interval(0, a.hi()))).put(y, i);
    }
    return Optional.of(List.of(y.sane()));
  }

  @Override
  public boolean perSample(List<Type> in) {
    return true;
  }

  @Override
  public Optional<Relaid> relaid(List<Type> in, int[] order) {
    return Optional.of(
        new Relaid(
            withParameters(p -> p.with(Broadcasts.relaid(p.tensor(), order.length, order))),
            order));
  }

  @Override
  public Optional<Lowering> parts(List<Type> in) {
    return Optional.of(
        new Lowering() {
          @Override
          public <V> List<V> emit(Emitter<V> to, List<V> x) {
            V below = to.one(new Neg(), to.emit(new Relu(), to.emit(new Neg(), x)));
            V scaled = to.one(new Scale(slope, Optional.empty()), List.of(below));
            return to.emit(new Add(), List.of(to.one(new Relu(), x), scaled));
          }
        });
  }

  @Override
  public boolean lowered() {
    return true;
  }
}
