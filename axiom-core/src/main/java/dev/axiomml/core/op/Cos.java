package dev.axiomml.core.op;

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
  public Interval range(Interval x) {
    return Waves.range(x, 0, StrictMath::cos);
  }

  @Override
  public double ulps() {
    return 4;
  }
}
