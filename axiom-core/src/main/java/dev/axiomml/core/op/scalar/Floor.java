package dev.axiomml.core.op.scalar;

import dev.axiomml.core.op.RealInterval;

/**
 * The largest whole number that is not above; exact, gradient 0.
 *
 * <p>Shape: any, unchanged.
 */
public record Floor() implements PointOp {
  @Override
  public double value(double x) {
    return Math.floor(x);
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
