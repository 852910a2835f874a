package dev.axiomml.core.op.scalar;

import static dev.axiomml.core.op.Profile.Curve.CONVEX;
import static dev.axiomml.core.op.Profile.at;

import dev.axiomml.core.op.CurveAccuracy;
import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;
import java.util.Optional;

/**
 * {@code x · x}; NaN stays NaN.
 *
 * <p>Shape: any, unchanged.
 */
public record Square() implements ScalarOp {
  @Override
  public double value(double x) {
    return x * x;
  }

  @Override
  public Optional<ScalarOp> derivative() {
    return Optional.of(WeightedPolynomial.line(2, 0));
  }

  @Override
  public CurveAccuracy accuracy() {
    return CurveAccuracy.of(0x1p-52, 1);
  }

  @Override
  public Profile profile() {
    return Profile.of(this, at(), CONVEX);
  }
}
