package dev.axiomml.core.op.scalar;

import dev.axiomml.core.op.RealInterval;

/**
 * −1, 0 or 1; NaN stays NaN; gradient 0.
 *
 * <p>Shape: any, unchanged.
 */
public record Sign() implements PointOp {
  @Override
  public double value(double x) {
    return Math.signum(x);
  }

  @Override
  public double slope(double x) {
    return 0;
  }

  @Override
  public RealInterval range(RealInterval x) {
    return new RealInterval(value(x.lo()), value(x.hi()));
  }

  @Override
  public double ulps() {
    return 0;
  }
}
