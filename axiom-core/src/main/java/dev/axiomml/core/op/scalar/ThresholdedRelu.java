package dev.axiomml.core.op.scalar;

import dev.axiomml.core.op.OpSettings;
import dev.axiomml.core.op.RealInterval;
import java.util.function.DoubleUnaryOperator;

/**
 * {@code x} above a threshold, 0 else, with a jump between; NaN gives 0.
 *
 * <p>Shape: any, unchanged.
 *
 * @param alpha the threshold, finite
 */
public record ThresholdedRelu(double alpha) implements PointOp {
  /** Checks the settings. */
  public ThresholdedRelu {
    OpSettings.number("ThresholdedRelu alpha", alpha);
  }

  @Override
  public ThresholdedRelu withSettings(DoubleUnaryOperator change) {
    return new ThresholdedRelu(change.applyAsDouble(alpha));
  }

  @Override
  public double value(double x) {
    return x > alpha ? x : 0;
  }

  @Override
  public double slope(double x) {
    return x > alpha ? 1 : 0;
  }

  @Override
  public RealInterval range(RealInterval x) {
    if (x.lo() > alpha) {
      return x;
    }
    if (x.hi() <= alpha) {
      return new RealInterval(0, 0);
    }
    return new RealInterval(Math.min(0, Math.max(alpha, x.lo())), Math.max(0, x.hi()));
  }

  @Override
  public double ulps() {
    return 0;
  }
}
