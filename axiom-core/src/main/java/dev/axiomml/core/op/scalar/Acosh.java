package dev.axiomml.core.op.scalar;

import static dev.axiomml.core.op.Profile.Curve.CONCAVE;
import static dev.axiomml.core.op.Profile.at;

import dev.axiomml.core.op.CurveAccuracy;
import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;
import java.util.Optional;

/**
 * Inverse of the hyperbolic cosine, on numbers from 1; below 1 and for NaN it is NaN.
 *
 * <p>Shape: any, unchanged.
 */
public record Acosh() implements ScalarOp {
  @Override
  public double value(double x) {
    if (x < 1) {
      return Double.NaN;
    }
    double t = x - 1;
    return x > 0x1p28
        ? StrictMath.log(x) + 0.6931471805599453
        : StrictMath.log1p(t + Math.sqrt(t * (x + 1)));
  }

  @Override
  public Optional<ScalarOp> derivative() {
    return Optional.of(WeightedPolynomial.power(1, RealPolynomial.of(-1, 0, 1), -0.5));
  }

  @Override
  public CurveAccuracy accuracy() {
    return CurveAccuracy.of(2e-15, 4);
  }

  @Override
  public Profile profile() {
    return Profile.of(this, at(), CONCAVE).within(1, Double.POSITIVE_INFINITY);
  }
}
