package dev.axiomml.core.op.reduce;

import dev.axiomml.core.op.FamilyTypes;
import dev.axiomml.core.op.GradientStep;
import dev.axiomml.core.op.ReorderedOp;
import dev.axiomml.core.op.RowOp;
import dev.axiomml.core.op.SampleAxes;
import dev.axiomml.core.op.move.Reshape;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A float function of all elements over some axes.
 *
 * <p>Shape: the axes vanish, or become 1.
 */
interface ReductionOp extends RowOp {
  /** The axes; negative ones count from the end, none means all. */
  List<Integer> axes();

  /** Whether the axes stay with size 1. */
  boolean keep();

  /** The same function over other axes. */
  ReductionOp over(List<Integer> axes);

  /** Which elements of an input are taken together. */
  default ReducedAxes reduction(List<Type> in) {
    return new ReducedAxes(title(), in.get(0).shape(), axes(), keep());
  }

  /** A value of the result's shape, with the axes kept. */
  default <V> V kept(GradientStep<V> at, V value) {
    Shape in = at.type(at.x(0)).shape();
    Shape wide = new ReducedAxes(title(), in, axes(), true).out();
    return at.type(value).shape().equals(wide) ? value : at.one(new Reshape(wide), value);
  }

  @Override
  default List<Type> infer(List<Type> in) {
    FamilyTypes.arity(this, in, 1);
    return List.of(Type.of(reduction(in).out(), FamilyTypes.floats(this, in)));
  }

  @Override
  default Optional<ReorderedOp> relaid(List<Type> in, int[] order) {
    ReducedAxes reduction = reduction(in);
    return Optional.of(new ReorderedOp(over(reduction.stored(order)), reduction.storedOut(order)));
  }

  @Override
  default OptionalInt rows(List<Type> in, SampleAxes samples) {
    return reduction(in).rows(samples);
  }
}
