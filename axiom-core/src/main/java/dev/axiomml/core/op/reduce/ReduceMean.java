package dev.axiomml.core.op.reduce;

import dev.axiomml.core.linear.LoopNest;
import dev.axiomml.core.op.SumTerm;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.List;

/**
 * The mean over some axes.
 *
 * <p>Shape: the axes vanish, or become 1.
 *
 * @param axes the axes; negative ones count from the end, none means all
 * @param keep whether they stay with size 1
 */
public record ReduceMean(List<Integer> axes, boolean keep) implements AxisSumOp {
  /** Copies the list. */
  public ReduceMean {
    axes = List.copyOf(axes);
  }

  @Override
  public ReduceMean over(List<Integer> other) {
    return new ReduceMean(other, keep);
  }

  /** One entry, the share of each element. */
  @Override
  public Tensor table(List<Shape> in) {
    return Tensor.ofDoubles(Shape.of(1), DType.FLOAT64, 1.0 / reduction(in.get(0)).members());
  }

  @Override
  public int extraRoundings() {
    return 2;
  }

  @Override
  public List<SumTerm> terms(List<Shape> in) {
    return List.of(SumTerm.own(0, List.of(LoopNest.of(reduction(in.get(0)).nest().loops()))));
  }
}
