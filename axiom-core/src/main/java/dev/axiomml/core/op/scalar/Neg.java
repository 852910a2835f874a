package dev.axiomml.core.op.scalar;

import static dev.axiomml.core.op.Profile.Curve.LINE;
import static dev.axiomml.core.op.Profile.at;

import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;

/**
 * The number with the other sign; NaN stays NaN.
 *
 * <p>Shape: any, unchanged.
 */
public record Neg() implements ScalarOp {
  @Override
  public double value(double x) {
    return -x;
  }

  @Override
  public double slope(double x) {
    return -1;
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
    return Profile.of(at(), LINE);
  }
}
