package dev.axiomml.core.op.scalar;

import dev.axiomml.core.op.CurveAccuracy;
import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;
import dev.axiomml.core.op.common.OpSettings;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/**
 * Pulls toward zero: {@code x − lambda} above lambda, {@code x + lambda} below −lambda, 0 between;
 * NaN stays NaN.
 *
 * <p>Shape: any, unchanged.
 *
 * @param lambda how far, not negative, finite
 */
public record SoftShrink(double lambda) implements ScalarOp {
  /** Checks the settings. */
  public SoftShrink {
    OpSettings.fromZero("SoftShrink lambda", lambda);
  }

  @Override
  public SoftShrink withSettings(DoubleUnaryOperator change) {
    return new SoftShrink(change.applyAsDouble(lambda));
  }

  @Override
  public double value(double x) {
    return x > lambda ? x - lambda : x < -lambda ? x + lambda : x * 0;
  }

  @Override
  public Optional<ScalarOp> derivative() {
    return Optional.of(Shrink.slope(lambda));
  }

  @Override
  public CurveAccuracy accuracy() {
    return CurveAccuracy.of(0x1p-52, 1);
  }

  @Override
  public Profile profile() {
    return lambda == 0 ? Profile.lines(this) : Profile.lines(this, -lambda, lambda);
  }
}
