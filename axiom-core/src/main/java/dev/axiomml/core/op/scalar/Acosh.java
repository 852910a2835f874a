package dev.axiomml.core.op.scalar;

import static dev.axiomml.core.op.Profile.Curve.CONCAVE;
import static dev.axiomml.core.op.Profile.at;

import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;

/**
 * Inverse of the hyperbolic cosine, on numbers from 1; below 1 and for NaN it is NaN.
 *
 * <p>Shape: any, unchanged.
 */
public record Acosh() implements ScalarOp {
  @Override
  public double value(double x) {
    if (x < 1) {
      return Double.NaN;
    }
    double t = x - 1;
    return x > 0x1p28
        ? StrictMath.log(x) + 0.6931471805599453
        : StrictMath.log1p(t + Math.sqrt(t * (x + 1)));
  }

  @Override
  public double slope(double x) {
    return 1 / Math.sqrt((x - 1) * (x + 1));
  }

  @Override
  public double error() {
    return 2e-15;
  }

  @Override
  public double ulps() {
    return 4;
  }

  @Override
  public Profile profile() {
    return Profile.of(at(), CONCAVE).within(1, Double.POSITIVE_INFINITY);
  }
}
