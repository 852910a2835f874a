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
  public double slope(double x) {
    return x > 0 ? 1 : alpha * StrictMath.exp(x);
  }

  @Override
  public double error() {
    return 4e-16;
  }

  @Override
  public double ulps() {
    return 4;
  }

  @Override
  public Profile profile() {
    return Profile.of(at(0), alpha < 0 ? CONCAVE : CONVEX, LINE);
  }
}
