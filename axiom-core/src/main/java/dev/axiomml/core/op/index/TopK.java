package dev.axiomml.core.op.index;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.op.AxisOrderSettings;
import dev.axiomml.core.op.Box;
import dev.axiomml.core.op.FamilyTypes;
import dev.axiomml.core.op.GradientStep;
import dev.axiomml.core.op.ReorderedOp;
import dev.axiomml.core.op.RowOp;
import dev.axiomml.core.op.SampleAxes;
import dev.axiomml.core.op.common.CommonShapeRules;
import dev.axiomml.core.op.common.TensorLanes;
import dev.axiomml.core.op.gradient.SelectionGradient;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

/**
 * The k largest or smallest elements along an axis, best first, and where they were; of equal ones
 * the first comes first.
 *
 * <p>Shape: the axis becomes k; float in, two outputs: the same float type, and int64 positions
 * without a gradient.
 *
 * @param k how many, at least 0
 * @param axis the axis; negative counts from the end
 * @param largest whether the largest, else the smallest
 */
public record TopK(int k, int axis, boolean largest) implements RowOp {
  /** Refuses negative counts. */
  public TopK {
    if (k < 0) {
      throw new IllegalArgumentException("top k of " + k + " elements");
    }
  }

  @Override
  public List<Type> infer(List<Type> in) {
    FamilyTypes.arity(this, in, 1);
    Shape shape = in.get(0).shape();
    int at = CommonShapeRules.axis("top k", shape, axis);
    if (shape.dim(at).isFixed() && shape.dim(at).value() < k) {
      throw new ShapeException(
          new Diagnosis(
              "top " + k + " along axis " + at + " of " + shape,
              "",
              "the axis must hold at least k elements",
              "ask for at most " + shape.dim(at)));
    }
    Shape out = shape.with(at, Dim.of(k));
    return List.of(Type.of(out, FamilyTypes.floats(this, in)), Type.of(out, DType.INT64));
  }

  @Override
  public List<double[]> apply(List<Type> in, List<double[]> x) {
    Shape out = infer(in).get(0).shape();
    double[] values = new double[out.count()];
    double[] places = new double[values.length];
    each(
        in,
        out,
        (from, to) -> {
          int[] best = best(x.get(0), from);
          for (int i = 0; i < k; i++) {
            values[to.at(i)] = x.get(0)[from.at(best[i])];
            places[to.at(i)] = best[i];
          }
        });
    return List.of(values, places);
  }

  private void each(
      List<Type> in, Shape out, BiConsumer<TensorLanes.Lane, TensorLanes.Lane> lanes) {
    List<TensorLanes.Lane> from = new ArrayList<>();
    TensorLanes.of(in.get(0).shape(), axis).each(from::add);
    List<TensorLanes.Lane> to = new ArrayList<>();
    TensorLanes.of(out, axis).each(to::add);
    for (int i = 0; i < to.size(); i++) {
      lanes.accept(from.get(i), to.get(i));
    }
  }

  /** Positions in a lane, best first; NaN is the largest. */
  private int[] best(double[] x, TensorLanes.Lane lane) {
    Comparator<Integer> rising = Comparator.comparingDouble(i -> x[lane.at(i)] + 0.0);
    return IntStream.range(0, lane.n())
        .boxed()
        .sorted(largest ? rising.reversed() : rising)
        .mapToInt(i -> i)
        .toArray();
  }

  @Override
  public <V> List<Optional<V>> gradient(GradientStep<V> at) {
    SelectionGradient back = new SelectionGradient(new GatherElements(axis));
    return at.first(at.one(back, List.of(at.g(), at.x(0), at.out().get(1))));
  }

  /** Each order statistic rises with every element and is never rounded; places may be any. */
  @Override
  public Optional<List<Box>> bound(List<Type> in, List<Box> x) {
    double[] lo = apply(in, List.of(x.get(0).lo())).get(0);
    double[] hi = apply(in, List.of(x.get(0).hi())).get(0);
    double[] last = new double[lo.length];
    Arrays.fill(last, in.get(0).shape().size(axis) - 1);
    return Optional.of(List.of(new Box(lo, hi).sane(), new Box(new double[lo.length], last)));
  }

  @Override
  public Optional<ReorderedOp> relaid(List<Type> in, int[] order) {
    return Optional.of(
        new ReorderedOp(
            new TopK(k, AxisOrderSettings.stored(order, in.get(0).shape().axis(axis)), largest),
            order));
  }

  @Override
  public OptionalInt rows(List<Type> in, SampleAxes samples) {
    return samples.beside(along -> along == in.get(0).shape().axis(axis));
  }
}
