package dev.axiomml.core.op.index;

import dev.axiomml.core.op.AxisOrderSettings;
import dev.axiomml.core.op.Box;
import dev.axiomml.core.op.FamilyTypes;
import dev.axiomml.core.op.ReorderedOp;
import dev.axiomml.core.op.RowOp;
import dev.axiomml.core.op.SampleAxes;
import dev.axiomml.core.op.common.TensorLanes;
import dev.axiomml.core.op.reduce.ReducedAxes;
import dev.axiomml.core.op.window.LaneMaxima;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where the best element along an axis is; NaN wins; no gradient.
 *
 * <p>Shape: the axis vanishes, or becomes 1; float in, int64 out.
 */
interface BestPlaceOp extends RowOp {
  /** The axis; negative counts from the end. */
  int axis();

  /** Whether it stays with size 1. */
  boolean keep();

  /** Whether the last of equal ones is meant, else the first. */
  boolean last();

  /** Whether the largest is the best, else the smallest. */
  boolean largest();

  /** The same along another axis. */
  BestPlaceOp along(int axis);

  private ReducedAxes over(List<Type> in) {
    String what = largest() ? "largest" : "smallest";
    return new ReducedAxes(what, in.get(0).shape(), List.of(axis()), keep());
  }

  @Override
  default List<Type> infer(List<Type> in) {
    FamilyTypes.arity(this, in, 1);
    FamilyTypes.floats(this, in);
    return List.of(Type.of(over(in).out(), DType.INT64));
  }

  @Override
  default List<double[]> apply(List<Type> in, List<double[]> x) {
    double[] from = largest() ? x.get(0) : LaneMaxima.turned(x.get(0));
    double[] y = new double[over(in).out().count()];
    int[] next = {0};
    TensorLanes.of(in.get(0).shape(), axis())
        .each(
            lane ->
                y[next[0]++] = last() ? LaneMaxima.last(from, lane) : LaneMaxima.first(from, lane));
    return List.of(y);
  }

  @Override
  default boolean isDifferentiable() {
    return false;
  }

  /** From the first to the last that may win. */
  @Override
  default Optional<List<Box>> bound(List<Type> in, List<Box> x) {
    Box from = largest() ? x.get(0) : LaneMaxima.turned(x.get(0));
    int size = over(in).out().count();
    Box y = new Box(new double[size], new double[size]);
    int[] next = {0};
    TensorLanes.of(in.get(0).shape(), axis())
        .each(lane -> LaneMaxima.range(from, lane).put(y, next[0]++));
    return Optional.of(List.of(y));
  }

  @Override
  default Optional<ReorderedOp> relaid(List<Type> in, int[] order) {
    int stored = AxisOrderSettings.stored(order, in.get(0).shape().axis(axis()));
    return Optional.of(new ReorderedOp(along(stored), over(in).storedOut(order)));
  }

  @Override
  default OptionalInt rows(List<Type> in, SampleAxes samples) {
    return over(in).rows(samples);
  }
}
