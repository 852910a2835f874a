package dev.axiomml.core.op.scalar;

import dev.axiomml.core.op.CurveAccuracy;
import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;
import dev.axiomml.core.op.common.OpSettings;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/**
 * Leaky rectifier: {@code x} above zero, {@code alpha · x} below; NaN stays NaN.
 *
 * <p>Shape: any, unchanged.
 *
 * @param alpha slope below zero, finite
 */
public record LeakyRelu(double alpha) implements ScalarOp {
  /** Checks the settings. */
  public LeakyRelu {
    OpSettings.number("LeakyRelu alpha", alpha);
  }

  @Override
  public LeakyRelu withSettings(DoubleUnaryOperator change) {
    return new LeakyRelu(change.applyAsDouble(alpha));
  }

  @Override
  public double value(double x) {
    return x > 0 ? x : alpha * x;
  }

  @Override
  public Optional<ScalarOp> derivative() {
    return Optional.of(PiecewiseCurve.step(alpha, 0, 1));
  }

  @Override
  public CurveAccuracy accuracy() {
    return CurveAccuracy.of(0x1p-52, 1);
  }

  @Override
  public Profile profile() {
    return Profile.lines(this, 0);
  }
}
