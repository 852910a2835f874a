package dev.axiomml.core.op.scalar;

import dev.axiomml.core.op.CurveAccuracy;
import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;
import dev.axiomml.core.op.common.OpSettings;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/**
 * {@code x} above a threshold, 0 else, with a jump between; NaN gives 0.
 *
 * <p>Shape: any, unchanged.
 *
 * @param alpha the threshold, finite
 */
public record ThresholdedRelu(double alpha) implements ScalarOp {
  /** Checks the settings. */
  public ThresholdedRelu {
    OpSettings.number("ThresholdedRelu alpha", alpha);
  }

  @Override
  public ThresholdedRelu withSettings(DoubleUnaryOperator change) {
    return new ThresholdedRelu(change.applyAsDouble(alpha));
  }

  @Override
  public double value(double x) {
    return x > alpha ? x : 0;
  }

  @Override
  public Optional<ScalarOp> derivative() {
    return Optional.of(PiecewiseCurve.step(0, alpha, 1));
  }

  @Override
  public CurveAccuracy accuracy() {
    return CurveAccuracy.EXACT;
  }

  @Override
  public Profile profile() {
    WeightedPolynomial below = WeightedPolynomial.constant(0);
    return PiecewiseCurve.of(below, PiecewiseCurve.left(alpha), WeightedPolynomial.line(1, 0))
        .profile();
  }
}
