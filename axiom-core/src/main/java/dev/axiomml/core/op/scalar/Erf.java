package dev.axiomml.core.op.scalar;

import static dev.axiomml.core.op.Profile.Curve.CONCAVE;
import static dev.axiomml.core.op.Profile.Curve.CONVEX;
import static dev.axiomml.core.op.Profile.at;

import dev.axiomml.core.op.CurveAccuracy;
import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;
import java.util.Optional;

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
  public Optional<ScalarOp> derivative() {
    return Optional.of(
        WeightedPolynomial.exponential(1.1283791670955126, RealPolynomial.of(0, 0, -1)));
  }

  @Override
  public CurveAccuracy accuracy() {
    return CurveAccuracy.of(4e-15, 4);
  }

  @Override
  public Profile profile() {
    return Profile.of(this, at(0), CONVEX, CONCAVE);
  }
}
