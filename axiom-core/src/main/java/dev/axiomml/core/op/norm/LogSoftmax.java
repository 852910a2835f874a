package dev.axiomml.core.op.norm;

import dev.axiomml.core.op.Box;
import dev.axiomml.core.op.GradientStep;
import dev.axiomml.core.op.common.ExponentialSums;
import dev.axiomml.core.op.index.LaneOp;
import dev.axiomml.core.op.reduce.ReduceSum;
import dev.axiomml.core.op.scalar.Exp;
import java.util.List;
import java.util.Optional;

/**
 * Logarithm of {@link Softmax}: {@code xᵢ − ln Σ exp(xⱼ)} along an axis, without overflow.
 *
 * <p>Shape: any, unchanged. Never above 0; a NaN or +∞ along the axis makes that row NaN.
 *
 * @param axis the axis whose exponentials sum to one; negative counts from the end
 */
public record LogSoftmax(int axis) implements LaneOp {
  @Override
  public LogSoftmax along(int other) {
    return new LogSoftmax(other);
  }

  @Override
  public double[] value(double[] x) {
    double max = ExponentialSums.largest(x);
    double sum = 0;
    for (double v : x) {
      sum += StrictMath.exp(v - max);
    }
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = x[i] - max - StrictMath.log(sum);
    }
    return y;
  }

  @Override
  public <V> List<Optional<V>> gradient(GradientStep<V> at) {
    V sum = at.one(new ReduceSum(List.of(axis), true), at.g());
    return at.first(at.minus(at.g(), at.times(at.one(new Exp(), at.y()), sum)));
  }

  /**
   * yᵢ = −ln Σ exp(xⱼ − xᵢ) rises in xᵢ and falls in every other, so its extremes lie at corners.
   */
  @Override
  public Box range(Box x) {
    Box y = new Box(new double[x.size()], new double[x.size()]);
    for (int i = 0; i < x.size(); i++) {
      double least = corner(x.lo()[i], x.hi(), i);
      double most = corner(x.hi()[i], x.lo(), i);
      y.lo()[i] = least - ExponentialSums.margin(least, x.size());
      y.hi()[i] = Math.min(0, most + ExponentialSums.margin(most, x.size()));
    }
    return y;
  }

  /**
   * Computed from the largest exponent, as a difference may be beyond exp's range; NaN where a lane
   * is unbounded.
   */
  private static double corner(double own, double[] others, int skipped) {
    double max = 0;
    for (int j = 0; j < others.length; j++) {
      max = j == skipped ? max : Math.max(max, others[j] - own);
    }
    double sum = StrictMath.exp(-max);
    for (int j = 0; j < others.length; j++) {
      sum += j == skipped ? 0 : StrictMath.exp(others[j] - own - max);
    }
    return -max - StrictMath.log(sum);
  }
}
