package dev.axiomml.core.op.scalar;

import dev.axiomml.core.op.RealInterval;

/**
 * Cosine of an angle in radians; ±∞ and NaN give NaN.
 *
 * <p>Shape: any, unchanged.
 */
public record Cos() implements PointOp {
  @Override
  public double value(double x) {
    return StrictMath.cos(x);
  }

  @Override
  public double slope(double x) {
    return -StrictMath.sin(x);
  }

  @Override
  public RealInterval range(RealInterval x) {
    return PeriodicRanges.range(x, 0, StrictMath::cos);
  }

  @Override
  public double ulps() {
    return 4;
  }
}
