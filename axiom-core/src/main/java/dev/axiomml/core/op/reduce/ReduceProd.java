package dev.axiomml.core.op.reduce;

import dev.axiomml.core.op.Box;
import dev.axiomml.core.op.GradientStep;
import dev.axiomml.core.op.common.RealInterval;
import dev.axiomml.core.op.gradient.ProductOfOthers;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Product over some axes; NaN stays NaN.
 *
 * <p>Shape: the axes vanish, or become 1.
 *
 * @param axes the axes; negative ones count from the end, none means all
 * @param keep whether they stay with size 1
 */
public record ReduceProd(List<Integer> axes, boolean keep) implements FoldOp {
  /** Copies the list. */
  public ReduceProd {
    axes = List.copyOf(axes);
  }

  @Override
  public ReduceProd over(List<Integer> other) {
    return new ReduceProd(other, keep);
  }

  @Override
  public double value(double[] x) {
    return Arrays.stream(x).reduce(1, (a, b) -> a * b);
  }

  @Override
  public <V> List<Optional<V>> gradient(GradientStep<V> at) {
    return at.first(
        at.times(
            at.one(new ProductOfOthers(new ReduceMax(axes, true)), at.x(0)), kept(at, at.g())));
  }

  @Override
  public RealInterval range(
      Box x) { // partial products of any order are at most reach, and must stay finite
    RealInterval y = new RealInterval(1, 1);
    double reach = 1;
    for (int i = 0; i < x.size(); i++) {
      y = y.times(RealInterval.of(x, i));
      reach *= Math.max(1, RealInterval.of(x, i).size());
    }
    double units = x.size() * 1.01;
    return reach <= Float.MAX_VALUE
        ? y.wider(units * (RealInterval.U * y.size() + RealInterval.TINY * reach))
        : RealInterval.ANY;
  }
}
