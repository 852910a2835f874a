package dev.axiomml.core.op.scalar;

import static dev.axiomml.core.op.Profile.Curve.CONCAVE;
import static dev.axiomml.core.op.Profile.at;

import dev.axiomml.core.op.CurveAccuracy;
import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;
import java.util.Optional;

/**
 * {@code ln(1 + x)}; −1 gives −∞, numbers below and NaN give NaN.
 *
 * <p>Shape: any, unchanged.
 */
public record Log1p() implements ScalarOp {
  @Override
  public double value(double x) {
    return StrictMath.log1p(x);
  }

  @Override
  public Optional<ScalarOp> derivative() {
    return Optional.of(WeightedPolynomial.power(1, RealPolynomial.of(1, 1), -1));
  }

  @Override
  public CurveAccuracy accuracy() {
    return CurveAccuracy.of(2.3e-16, 4);
  }

  @Override
  public Profile profile() {
    return Profile.of(this, at(), CONCAVE).within(-1, Double.POSITIVE_INFINITY);
  }
}
