package dev.axiomml.core.op.scalar;

import static dev.axiomml.core.op.Profile.Curve.CONCAVE;
import static dev.axiomml.core.op.Profile.Curve.CONVEX;
import static dev.axiomml.core.op.Profile.at;

import dev.axiomml.core.op.CurveAccuracy;
import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;
import java.util.Optional;

/**
 * Inverse of the hyperbolic sine; NaN stays NaN.
 *
 * <p>Shape: any, unchanged.
 */
public record Asinh() implements ScalarOp {
  @Override
  public double value(double x) {
    double t = Math.abs(x);
    double y =
        t > 0x1p28
            ? StrictMath.log(t) + 0.6931471805599453
            : StrictMath.log1p(t + t * t / (1 + Math.sqrt(1 + t * t)));
    return Math.copySign(y, x);
  }

  @Override
  public Optional<ScalarOp> derivative() {
    return Optional.of(WeightedPolynomial.power(1, RealPolynomial.of(1, 0, 1), -0.5));
  }

  @Override
  public CurveAccuracy accuracy() {
    return CurveAccuracy.of(2e-15, 4);
  }

  @Override
  public Profile profile() {
    return Profile.of(this, at(0), CONVEX, CONCAVE);
  }
}
