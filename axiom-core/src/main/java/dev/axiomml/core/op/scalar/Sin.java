package dev.axiomml.core.op.scalar;

import dev.axiomml.core.op.RealInterval;

/**
 * Sine of an angle in radians; ±∞ and NaN give NaN.
 *
 * <p>Shape: any, unchanged.
 */
public record Sin() implements PointOp {
  @Override
  public double value(double x) {
    return StrictMath.sin(x);
  }

  @Override
  public double slope(double x) {
    return StrictMath.cos(x);
  }

  @Override
  public RealInterval range(RealInterval x) {
    return PeriodicRanges.range(x, Math.PI / 2, StrictMath::sin);
  }

  @Override
  public double ulps() {
    return 4;
  }
}
