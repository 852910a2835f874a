package dev.axiomml.core.op.scalar;

import dev.axiomml.core.op.RealInterval;

/**
 * The whole number next to it toward zero; exact, gradient 0.
 *
 * <p>Shape: any, unchanged.
 */
public record Trunc() implements PointOp {
  @Override
  public double value(double x) {
    return x < 0 ? Math.ceil(x) : Math.floor(x);
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
