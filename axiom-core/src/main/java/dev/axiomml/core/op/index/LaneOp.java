package dev.axiomml.core.op.index;

import dev.axiomml.core.op.AxisOrderSettings;
import dev.axiomml.core.op.Box;
import dev.axiomml.core.op.FamilyTypes;
import dev.axiomml.core.op.ReorderedOp;
import dev.axiomml.core.op.RowOp;
import dev.axiomml.core.op.SampleAxes;
import dev.axiomml.core.op.common.CommonShapeRules;
import dev.axiomml.core.op.common.TensorLanes;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A float function of each lane along an axis on its own; a member states it for one lane.
 *
 * <p>Shape: any, unchanged.
 */
public interface LaneOp extends RowOp {
  /** The axis; negative counts from the end. */
  int axis();

  /** The same along another axis. */
  LaneOp along(int axis);

  /** The function of one lane. */
  double[] value(double[] x);

  /** The range on one lane of finite intervals, float32 rounding included. */
  Box range(Box x);

  @Override
  default List<Type> infer(List<Type> in) {
    FamilyTypes.arity(this, in, 1);
    FamilyTypes.floats(this, in);
    CommonShapeRules.axis(title(), in.get(0).shape(), axis());
    return List.of(in.get(0));
  }

  private TensorLanes lanes(List<Type> in) {
    return TensorLanes.of(in.get(0).shape(), axis());
  }

  @Override
  default List<double[]> apply(List<Type> in, List<double[]> x) {
    double[] y = new double[x.get(0).length];
    if (y.length > 0) {
      lanes(in).each(lane -> lane.put(value(lane.of(x.get(0))), y));
    }
    return List.of(y);
  }

  @Override
  default Optional<List<Box>> bound(List<Type> in, List<Box> x) {
    Box from = x.get(0);
    Box y = new Box(new double[from.size()], new double[from.size()]);
    lanes(in)
        .each(
            lane -> {
              Box range = range(new Box(lane.of(from.lo()), lane.of(from.hi())));
              lane.put(range.lo(), y.lo());
              lane.put(range.hi(), y.hi());
            });
    return Optional.of(List.of(y.sane()));
  }

  @Override
  default Optional<ReorderedOp> relaid(List<Type> in, int[] order) {
    int stored = AxisOrderSettings.stored(order, in.get(0).shape().axis(axis()));
    return Optional.of(new ReorderedOp(along(stored), order));
  }

  @Override
  default OptionalInt rows(List<Type> in, SampleAxes samples) {
    return samples.beside(axis -> axis == in.get(0).shape().axis(axis()));
  }
}
