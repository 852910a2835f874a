package dev.axiomml.core.op.scalar;

import static dev.axiomml.core.op.Profile.Curve.CONCAVE;
import static dev.axiomml.core.op.Profile.Curve.CONVEX;
import static dev.axiomml.core.op.Profile.at;

import dev.axiomml.core.op.CurveAccuracy;
import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;
import java.util.Optional;

/**
 * Hyperbolic sine; NaN stays NaN.
 *
 * <p>Shape: any, unchanged.
 */
public record Sinh() implements ScalarOp {
  @Override
  public double value(double x) {
    return StrictMath.sinh(x);
  }

  @Override
  public Optional<ScalarOp> derivative() {
    return Optional.of(new Cosh());
  }

  @Override
  public CurveAccuracy accuracy() {
    return CurveAccuracy.of(6e-16, 4);
  }

  @Override
  public Profile profile() {
    return Profile.of(this, at(0), CONCAVE, CONVEX);
  }
}
