package dev.axiomml.core.op.scalar;

import static dev.axiomml.core.op.Profile.Curve.CONVEX;
import static dev.axiomml.core.op.Profile.at;

import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;

/**
 * {@code 1 / x}; ±0 gives ±∞, NaN stays NaN. The profile speaks of positive numbers.
 *
 * <p>Shape: any, unchanged.
 */
public record Reciprocal() implements ScalarOp {
  @Override
  public double value(double x) {
    return 1 / x;
  }

  @Override
  public double slope(double x) {
    return -1 / (x * x);
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
    return Profile.of(at(), CONVEX).within(0, Double.POSITIVE_INFINITY);
  }
}
