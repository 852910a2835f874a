package dev.axiomml.core.op.scalar;

import static dev.axiomml.core.op.Profile.Curve.CONCAVE;
import static dev.axiomml.core.op.Profile.Curve.CONVEX;
import static dev.axiomml.core.op.Profile.at;

import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;

/**
 * Error function, in [−1, 1]; NaN stays NaN.
 *
 * <p>Shape: any, unchanged.
 */
public record Erf() implements ScalarOp {
  @Override
  public double value(double x) {
    return NormalDistribution.erf(x);
  }

  @Override
  public double slope(double x) {
    return 1.1283791670955126 * StrictMath.exp(-x * x);
  }

  @Override
  public double error() {
    return 4e-15;
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
