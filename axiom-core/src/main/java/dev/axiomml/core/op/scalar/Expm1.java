package dev.axiomml.core.op.scalar;

import static dev.axiomml.core.op.Profile.Curve.CONVEX;
import static dev.axiomml.core.op.Profile.at;

import dev.axiomml.core.op.CurveAccuracy;
import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;
import java.util.Optional;

/**
 * {@code exp(x) − 1}; NaN stays NaN.
 *
 * <p>Shape: any, unchanged.
 */
public record Expm1() implements ScalarOp {
  @Override
  public double value(double x) {
    return StrictMath.expm1(x);
  }

  @Override
  public Optional<ScalarOp> derivative() {
    return Optional.of(new Exp());
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
