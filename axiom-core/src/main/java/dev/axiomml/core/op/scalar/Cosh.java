package dev.axiomml.core.op.scalar;

import static dev.axiomml.core.op.Profile.Curve.CONVEX;
import static dev.axiomml.core.op.Profile.at;

import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;

/**
 * Hyperbolic cosine; NaN stays NaN.
 *
 * <p>Shape: any, unchanged.
 */
public record Cosh() implements ScalarOp {
  @Override
  public double value(double x) {
    return StrictMath.cosh(x);
  }

  @Override
  public double slope(double x) {
    return StrictMath.sinh(x);
  }

  @Override
  public double error() {
    return 6e-16;
  }

  @Override
  public double ulps() {
    return 4;
  }

  @Override
  public Profile profile() {
    return Profile.of(at(), CONVEX);
  }
}
