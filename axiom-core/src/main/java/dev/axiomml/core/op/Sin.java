package dev.axiomml.core.op;

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
  public Interval range(Interval x) {
    return Waves.range(x, Math.PI / 2, StrictMath::sin);
  }

  @Override
  public double ulps() {
    return 4;
  }
}
