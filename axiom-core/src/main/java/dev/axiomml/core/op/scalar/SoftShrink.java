package dev.axiomml.core.op.scalar;

import static dev.axiomml.core.op.Profile.Curve.LINE;
import static dev.axiomml.core.op.Profile.at;

import dev.axiomml.core.op.OpSettings;
import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;
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
  public double slope(double x) {
    return Math.abs(x) > lambda ? 1 : 0;
  }

  @Override
  public double error() {
    return 0x1p-52;
  }

  @Override
  public double ulps() {
    return 1;
  }

  @Override
  public Profile profile() {
    return lambda == 0 ? Profile.of(at(), LINE) : Profile.of(at(-lambda, lambda), LINE, LINE, LINE);
  }
}
