package dev.axiomml.core.op.scalar;

import static dev.axiomml.core.op.Profile.Curve.CONVEX;
import static dev.axiomml.core.op.Profile.Curve.LINE;
import static dev.axiomml.core.op.Profile.at;

import dev.axiomml.core.op.CurveAccuracy;
import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;
import dev.axiomml.core.op.common.OpSettings;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/**
 * Exponential linear unit with one slope at zero: {@code x} above, {@code alpha · (exp(x / alpha) −
 * 1)} below.
 *
 * <p>Shape: any, unchanged. NaN stays NaN.
 *
 * @param alpha height of the negative plateau, positive
 */
public record Celu(double alpha) implements ScalarOp {
  /** Checks the settings. */
  public Celu {
    OpSettings.positive("Celu alpha", alpha);
  }

  @Override
  public Celu withSettings(DoubleUnaryOperator change) {
    return new Celu(change.applyAsDouble(alpha));
  }

  @Override
  public double value(double x) {
    return x > 0 ? x : alpha * StrictMath.expm1(x / alpha);
  }

  @Override
  public Optional<ScalarOp> derivative() {
    return Optional.of(
        PiecewiseCurve.of(
            WeightedPolynomial.exponential(1, RealPolynomial.of(0, 1 / alpha)),
            PiecewiseCurve.left(0),
            WeightedPolynomial.constant(1)));
  }

  @Override
  public CurveAccuracy accuracy() {
    return CurveAccuracy.of(8e-16, 5);
  }

  @Override
  public Profile profile() {
    return Profile.of(this, at(0), CONVEX, LINE);
  }
}
