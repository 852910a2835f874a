package dev.axiomml.core.op.scalar;

import static dev.axiomml.core.op.Profile.Curve.CONVEX;
import static dev.axiomml.core.op.Profile.Curve.LINE;
import static dev.axiomml.core.op.Profile.at;

import dev.axiomml.core.op.CurveAccuracy;
import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;
import java.util.Optional;

/**
 * Scaled exponential linear unit: {@code SCALE · x} above zero, {@code SCALE · ALPHA · (exp(x) −
 * 1)} below.
 *
 * <p>Shape: any, unchanged. NaN stays NaN. The constants are those of Klambauer et al., 2017.
 */
public record Selu() implements ScalarOp {
  private static final double ALPHA = 1.6732632423543772;
  private static final double SCALE = 1.0507009873554805;

  @Override
  public double value(double x) {
    return x > 0 ? SCALE * x : SCALE * ALPHA * StrictMath.expm1(x);
  }

  @Override
  public Optional<ScalarOp> derivative() {
    return Optional.of(
        PiecewiseCurve.of(
            WeightedPolynomial.exponential(SCALE * ALPHA, RealPolynomial.of(0, 1)),
            PiecewiseCurve.left(0),
            WeightedPolynomial.constant(SCALE)));
  }

  @Override
  public CurveAccuracy accuracy() {
    return CurveAccuracy.of(6e-16, 4);
  }

  @Override
  public Profile profile() {
    return Profile.of(this, at(0), CONVEX, LINE);
  }
}
