package dev.axiomml.core.op.reduce;

import dev.axiomml.core.op.Box;
import dev.axiomml.core.op.GradientStep;
import dev.axiomml.core.op.common.ExponentialSums;
import dev.axiomml.core.op.common.RealInterval;
import dev.axiomml.core.op.scalar.Exp;
import java.util.List;
import java.util.Optional;

/**
 * Logarithm of the sum of exponentials over some axes; NaN stays NaN.
 *
 * <p>Shape: the axes vanish, or become 1.
 *
 * @param axes the axes; negative ones count from the end, none means all
 * @param keep whether they stay with size 1
 */
public record ReduceLogSumExp(List<Integer> axes, boolean keep) implements FoldOp {
  /** Copies the list. */
  public ReduceLogSumExp {
    axes = List.copyOf(axes);
  }

  @Override
  public ReduceLogSumExp over(List<Integer> other) {
    return new ReduceLogSumExp(other, keep);
  }

  @Override
  public double value(double[] x) {
    double max = ExponentialSums.largest(x);
    if (Double.isInfinite(max)) {
      return max;
    }
    double sum = 0;
    for (double v : x) {
      sum += StrictMath.exp(v - max);
    }
    return max + StrictMath.log(sum);
  }

  @Override
  public <V> List<Optional<V>> gradient(GradientStep<V> at) {
    V share = at.one(new Exp(), at.minus(at.x(0), kept(at, at.y())));
    return at.first(at.times(share, kept(at, at.g())));
  }

  @Override
  public RealInterval range(Box x) {
    double lo = value(x.lo());
    double hi = value(x.hi());
    return new RealInterval(
        lo - ExponentialSums.margin(lo, x.size()), hi + ExponentialSums.margin(hi, x.size()));
  }
}
