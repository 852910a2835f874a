package dev.axiomml.core.op.scalar;

import static dev.axiomml.core.op.Profile.Curve.CONCAVE;
import static dev.axiomml.core.op.Profile.at;

import dev.axiomml.core.op.CurveAccuracy;
import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;
import java.util.Optional;

/**
 * Square root; negative numbers and NaN give NaN.
 *
 * <p>Shape: any, unchanged.
 */
public record Sqrt() implements ScalarOp {
  @Override
  public double value(double x) {
    return Math.sqrt(x);
  }

  @Override
  public Optional<ScalarOp> derivative() {
    return Optional.of(WeightedPolynomial.power(0.5, RealPolynomial.of(0, 1), -0.5));
  }

  @Override
  public CurveAccuracy accuracy() {
    return CurveAccuracy.of(0x1p-52, 1);
  }

  @Override
  public Profile profile() {
    return Profile.of(this, at(), CONCAVE).within(0, Double.POSITIVE_INFINITY);
  }
}
