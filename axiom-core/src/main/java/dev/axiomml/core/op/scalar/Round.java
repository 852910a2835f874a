package dev.axiomml.core.op.scalar;

import dev.axiomml.core.op.RealInterval;

/**
 * The nearest whole number, the even one when two are; exact, gradient 0.
 *
 * <p>Shape: any, unchanged.
 */
public record Round() implements PointOp {
  @Override
  public double value(double x) {
    return Math.rint(x);
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
