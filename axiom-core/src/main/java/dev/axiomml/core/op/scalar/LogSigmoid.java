package dev.axiomml.core.op.scalar;

import static dev.axiomml.core.op.Profile.Curve.CONCAVE;
import static dev.axiomml.core.op.Profile.at;

import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;

/**
 * Logarithm of the logistic function, {@code −ln(1 + exp(−x))}; never above 0, NaN stays NaN.
 *
 * <p>Shape: any, unchanged.
 */
public record LogSigmoid() implements ScalarOp {
  @Override
  public double value(double x) {
    return Math.min(x, 0) - StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
  }

  @Override
  public double slope(double x) {
    return Sigmoid.logistic(-x);
  }

  @Override
  public double error() {
    return 1e-15;
  }

  @Override
  public double ulps() {
    return 4;
  }

  @Override
  public Profile profile() {
    return Profile.of(at(), CONCAVE);
  }
}
