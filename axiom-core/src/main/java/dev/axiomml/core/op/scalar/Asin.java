package dev.axiomml.core.op.scalar;

import static dev.axiomml.core.op.Profile.Curve.CONCAVE;
import static dev.axiomml.core.op.Profile.Curve.CONVEX;
import static dev.axiomml.core.op.Profile.at;

import dev.axiomml.core.op.CurveAccuracy;
import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;
import java.util.Optional;

/**
 * Inverse sine in radians, on [−1, 1]; beyond and for NaN it is NaN.
 *
 * <p>Shape: any, unchanged.
 */
public record Asin() implements ScalarOp {
  @Override
  public double value(double x) {
    return StrictMath.asin(x);
  }

  @Override
  public Optional<ScalarOp> derivative() {
    return Optional.of(WeightedPolynomial.power(1, RealPolynomial.of(1, 0, -1), -0.5));
  }

  @Override
  public CurveAccuracy accuracy() {
    return CurveAccuracy.of(4e-16, 4);
  }

  @Override
  public Profile profile() {
    return Profile.of(this, at(0), CONCAVE, CONVEX).within(-1, 1);
  }
}
