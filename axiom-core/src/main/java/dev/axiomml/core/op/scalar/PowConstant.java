package dev.axiomml.core.op.scalar;

import dev.axiomml.core.op.CurveAccuracy;
import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;
import dev.axiomml.core.op.common.OpSettings;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/**
 * {@code x} raised to a fixed power, as {@link Math#pow}.
 *
 * <p>Shape: any, unchanged. A power that is no whole number is one of numbers from 0; a negative
 * one has a pole at 0.
 *
 * @param exponent the power, finite
 */
public record PowConstant(double exponent) implements ScalarOp {
  /** Checks the settings. */
  public PowConstant {
    OpSettings.number("PowConstant exponent", exponent);
  }

  @Override
  public PowConstant withSettings(DoubleUnaryOperator change) {
    return new PowConstant(change.applyAsDouble(exponent));
  }

  @Override
  public double value(double x) {
    return StrictMath.pow(x, exponent);
  }

  @Override
  public Optional<ScalarOp> derivative() {
    return exponent == 0 ? Optional.of(WeightedPolynomial.constant(0)) : power().derivative();
  }

  private WeightedPolynomial power() {
    return WeightedPolynomial.power(1, RealPolynomial.of(0, 1), exponent);
  }

  @Override
  public CurveAccuracy accuracy() {
    return CurveAccuracy.of(2.3e-16, 4);
  }

  @Override
  public Profile profile() {
    return exponent == 0 ? Profile.lines(this) : power().profile();
  }
}
