package dev.axiomml.core.op.scalar;

import static dev.axiomml.core.op.Profile.Curve.LINE;
import static dev.axiomml.core.op.Profile.at;

import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;

/**
 * Magnitude; NaN stays NaN.
 *
 * <p>Shape: any, unchanged.
 */
public record Abs() implements ScalarOp {
  @Override
  public double value(double x) {
    return Math.abs(x);
  }

  @Override
  public double slope(double x) {
    return x > 0 ? 1 : x < 0 ? -1 : 0;
  }

  @Override
  public double error() {
    return 0;
  }

  @Override
  public double ulps() {
    return 0;
  }

  @Override
  public Profile profile() {
    return Profile.of(at(0), LINE, LINE);
  }
}
