package dev.axiomml.core.op.reduce;

import java.util.List;

/**
 * The sum over some axes.
 *
 * <p>Shape: the axes vanish, or become 1.
 *
 * @param axes the axes; negative ones count from the end, none means all
 * @param keep whether they stay with size 1
 */
public record ReduceSum(List<Integer> axes, boolean keep) implements AxisSumOp {
  /** Copies the list. */
  public ReduceSum {
    axes = List.copyOf(axes);
  }

  @Override
  public ReduceSum over(List<Integer> other) {
    return new ReduceSum(other, keep);
  }
}
