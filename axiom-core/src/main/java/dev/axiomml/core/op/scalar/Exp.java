package dev.axiomml.core.op.scalar;

import static dev.axiomml.core.op.Profile.Curve.CONVEX;
import static dev.axiomml.core.op.Profile.at;

import dev.axiomml.core.op.CurveAccuracy;
import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;
import java.util.Optional;

/**
 * Exponential function; −∞ gives 0, NaN stays NaN.
 *
 * <p>Shape: any, unchanged.
 */
public record Exp() implements ScalarOp {
  @Override
  public double value(double x) {
    return StrictMath.exp(x);
  }

  @Override
  public Optional<ScalarOp> derivative() {
    return Optional.of(this);
  }

  @Override
  public CurveAccuracy accuracy() {
    return CurveAccuracy.of(2.3e-16, 4);
  }

  @Override
  public Profile profile() {
    return Profile.of(this, at(), CONVEX);
  }
}
