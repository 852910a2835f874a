package dev.axiomml.core.op.scalar;

import static dev.axiomml.core.op.Profile.Curve.CONCAVE;
import static dev.axiomml.core.op.Profile.Curve.CONVEX;
import static dev.axiomml.core.op.Profile.at;

import dev.axiomml.core.op.CurveAccuracy;
import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;
import java.util.Optional;

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
  public Optional<ScalarOp> derivative() {
    return Optional.of(
        DifferentialPolynomial.of(
            new SmoothRing(SmoothRing.Kind.LOGISTIC, 2), new double[] {4, 0, 1, 1}));
  }

  @Override
  public CurveAccuracy accuracy() {
    return CurveAccuracy.of(6e-16, 4);
  }

  @Override
  public Profile profile() {
    return Profile.of(this, at(0), CONVEX, CONCAVE);
  }
}
