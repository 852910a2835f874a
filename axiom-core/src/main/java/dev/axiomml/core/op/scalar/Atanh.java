package dev.axiomml.core.op.scalar;

import static dev.axiomml.core.op.Profile.Curve.CONCAVE;
import static dev.axiomml.core.op.Profile.Curve.CONVEX;
import static dev.axiomml.core.op.Profile.at;

import dev.axiomml.core.op.CurveAccuracy;
import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;
import java.util.Optional;

/**
 * Inverse of the hyperbolic tangent, on [−1, 1], ±∞ at the ends; beyond and for NaN it is NaN.
 *
 * <p>Shape: any, unchanged.
 */
public record Atanh() implements ScalarOp {
  @Override
  public double value(double x) {
    double t = Math.abs(x);
    return Math.copySign(0.5 * StrictMath.log1p(2 * t / (1 - t)), x);
  }

  @Override
  public Optional<ScalarOp> derivative() {
    return Optional.of(WeightedPolynomial.power(1, RealPolynomial.of(1, 0, -1), -1));
  }

  @Override
  public CurveAccuracy accuracy() {
    return CurveAccuracy.of(2e-15, 4);
  }

  @Override
  public Profile profile() {
    return Profile.of(this, at(0), CONCAVE, CONVEX).within(-1, 1);
  }
}
