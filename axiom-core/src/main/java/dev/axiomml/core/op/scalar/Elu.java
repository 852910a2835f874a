package dev.axiomml.core.op.scalar;

import static dev.axiomml.core.op.Profile.Curve.CONCAVE;
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
 * Exponential linear unit: {@code x} above zero, {@code alpha · (exp(x) − 1)} below; NaN stays NaN.
 *
 * <p>Shape: any, unchanged.
 *
 * @param alpha height of the negative plateau, finite
 */
public record Elu(double alpha) implements ScalarOp {
  /** Checks the settings. */
  public Elu {
    OpSettings.number("Elu alpha", alpha);
  }

  @Override
  public Elu withSettings(DoubleUnaryOperator change) {
    return new Elu(change.applyAsDouble(alpha));
  }

  @Override
  public double value(double x) {
    return x > 0 ? x : alpha * StrictMath.expm1(x);
  }

  @Override
  public Optional<ScalarOp> derivative() {
    return Optional.of(
        PiecewiseCurve.of(
            WeightedPolynomial.exponential(alpha, RealPolynomial.of(0, 1)),
            PiecewiseCurve.left(0),
            WeightedPolynomial.constant(1)));
  }

  @Override
  public CurveAccuracy accuracy() {
    return CurveAccuracy.of(4e-16, 4);
  }

  @Override
  public Profile profile() {
    return Profile.of(this, at(0), alpha < 0 ? CONCAVE : CONVEX, LINE);
  }
}
