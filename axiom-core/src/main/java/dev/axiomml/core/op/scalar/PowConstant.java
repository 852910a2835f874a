package dev.axiomml.core.op.scalar;

import static dev.axiomml.core.op.Profile.Curve.CONCAVE;
import static dev.axiomml.core.op.Profile.Curve.CONVEX;
import static dev.axiomml.core.op.Profile.Curve.LINE;
import static dev.axiomml.core.op.Profile.at;

import dev.axiomml.core.op.OpSettings;
import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;
import java.util.function.DoubleUnaryOperator;

/**
 * {@code x} raised to a fixed power, as {@link Math#pow}.
 *
 * <p>Shape: any, unchanged. For a power that is no whole number of at least 0 the profile speaks of
 * positive numbers only.
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
  public double slope(double x) {
    return exponent == 0 ? 0 : exponent * StrictMath.pow(x, exponent - 1);
  }

  @Override
  public double error() {
    return 2.3e-16;
  }

  @Override
  public double ulps() {
    return 4;
  }

  @Override
  public Profile profile() {
    if (exponent == 0 || exponent == 1) {
      return Profile.of(at(), LINE);
    }
    if (exponent > 1 && exponent == Math.rint(exponent)) {
      return exponent % 2 == 0 ? Profile.of(at(), CONVEX) : Profile.of(at(0), CONCAVE, CONVEX);
    }
    Profile above = Profile.of(at(), exponent > 0 && exponent < 1 ? CONCAVE : CONVEX);
    return above.within(0, Double.POSITIVE_INFINITY);
  }
}
