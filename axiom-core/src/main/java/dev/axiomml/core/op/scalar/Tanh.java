package dev.axiomml.core.op.scalar;

import static dev.axiomml.core.op.Profile.Curve.CONCAVE;
import static dev.axiomml.core.op.Profile.Curve.CONVEX;
import static dev.axiomml.core.op.Profile.at;

import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;

/**
 * Hyperbolic tangent, in [−1, 1]; NaN stays NaN.
 *
 * <p>Shape: any, unchanged.
 */
public record Tanh() implements ScalarOp {
  @Override
  public double value(double x) {
    return StrictMath.tanh(x);
  }

  @Override
  public double slope(double x) {
    double t = StrictMath.exp(-2 * Math.abs(x));
    return 4 * t / ((1 + t) * (1 + t));
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
    return Profile.of(at(0), CONVEX, CONCAVE);
  }
}
