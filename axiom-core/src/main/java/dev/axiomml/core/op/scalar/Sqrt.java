package dev.axiomml.core.op.scalar;

import static dev.axiomml.core.op.Profile.Curve.CONCAVE;
import static dev.axiomml.core.op.Profile.at;

import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;

/**
 * Square root; negative numbers and NaN give NaN.
 *
 * <p>Shape: any, unchanged.
 */
public record Sqrt() implements ScalarOp {
  @Override
  public double value(double x) {
    return Math.sqrt(x);
  }

  @Override
  public double slope(double x) {
    return 0.5 / Math.sqrt(x);
  }

  @Override
  public double error() {
    return 0x1p-52;
  }

  @Override
  public double ulps() {
    return 1;
  }

  @Override
  public Profile profile() {
    return Profile.of(at(), CONCAVE).within(0, Double.POSITIVE_INFINITY);
  }
}
