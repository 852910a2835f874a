package dev.axiomml.core.op.scalar;

import dev.axiomml.core.op.RealInterval;

/**
 * Tangent of an angle in radians; ±∞ and NaN give NaN. Nothing is claimed of an interval with a
 * pole.
 *
 * <p>Shape: any, unchanged.
 */
public record Tan() implements PointOp {
  @Override
  public double value(double x) {
    return StrictMath.tan(x);
  }

  @Override
  public double slope(double x) {
    return 1 / (StrictMath.cos(x) * StrictMath.cos(x));
  }

  @Override
  public RealInterval range(RealInterval x) {
    return PeriodicRanges.reaches(x, Math.PI / 2, Math.PI)
        ? RealInterval.ANY
        : new RealInterval(value(x.lo()), value(x.hi()));
  }

  @Override
  public double ulps() {
    return 4;
  }
}
