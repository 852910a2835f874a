package dev.axiomml.core.op.reduce;

import dev.axiomml.core.op.ReorderedOp;
import dev.axiomml.core.op.SumOp;
import dev.axiomml.core.op.SumTerm;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;

/**
 * The sum, or the mean, over some axes.
 *
 * <p>Shape: the axes vanish, or become 1.
 */
interface AxisSumOp extends SumOp {
  /** The axes; negative ones count from the end, none means all. */
  List<Integer> axes();

  /** Whether the axes stay with size 1. */
  boolean keep();

  /** The same over other axes. */
  AxisSumOp over(List<Integer> axes);

  /** Which elements of an input are taken together. */
  default ReducedAxes reduction(Shape in) {
    return new ReducedAxes(title(), in, axes(), keep());
  }

  @Override
  default Shape out(List<Shape> in) {
    return reduction(in.get(0)).out();
  }

  @Override
  default List<SumTerm> terms(List<Shape> in) {
    return List.of(SumTerm.own(0, List.of(reduction(in.get(0)).nest())));
  }

  @Override
  default Optional<ReorderedOp> relaid(List<Type> in, int[] order) {
    ReducedAxes over = reduction(in.get(0).shape());
    return Optional.of(new ReorderedOp(over(over.stored(order)), over.storedOut(order)));
  }
}
