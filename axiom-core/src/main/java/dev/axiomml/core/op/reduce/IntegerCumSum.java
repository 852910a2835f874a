package dev.axiomml.core.op.reduce;

import dev.axiomml.core.op.FamilyTypes;
import dev.axiomml.core.op.RunOp;
import dev.axiomml.core.op.common.CommonShapeRules;
import dev.axiomml.core.op.common.TensorLanes;
import dev.axiomml.core.op.common.WrappingIntegers;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.List;

/**
 * The sum of all integers up to each position of an axis, wrapping as their type does.
 *
 * <p>Shape: an integer tensor, unchanged.
 *
 * @param axis the axis; negative counts from the end
 * @param exclusive whether a position leaves itself out
 * @param reverse whether sums run from the end
 */
public record IntegerCumSum(int axis, boolean exclusive, boolean reverse) implements RunOp {
  @Override
  public List<Type> infer(List<Type> in) {
    FamilyTypes.arity(this, in, 1);
    WrappingIntegers.require(this, in, "integers", DType::isInteger);
    CommonShapeRules.axis("cumulative sum", in.get(0).shape(), axis);
    return List.of(in.get(0));
  }

  @Override
  public List<RuntimeValue> run(List<RuntimeValue> in) {
    Tensor x = in.get(0).tensor();
    long[] from = x.toLongs();
    long[] y = new long[from.length];
    if (y.length > 0) {
      TensorLanes.of(x.shape(), axis).each(lane -> sum(x.dtype(), lane, from, y));
    }
    return List.of(Tensor.ofIntegers(x.shape(), x.dtype(), y));
  }

  private void sum(DType dtype, TensorLanes.Lane lane, long[] from, long[] y) {
    long sum = 0;
    for (int i = 0; i < lane.n(); i++) {
      int at = lane.at(reverse ? lane.n() - 1 - i : i);
      long with = sum + from[at];
      y[at] = WrappingIntegers.wrap(dtype, exclusive ? sum : with);
      sum = with;
    }
  }

  @Override
  public String whyNoBound() {
    return "it computes on integers, which proofs do not follow";
  }
}
