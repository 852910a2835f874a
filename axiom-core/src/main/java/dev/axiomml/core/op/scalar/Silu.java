package dev.axiomml.core.op.scalar;

import static dev.axiomml.core.op.Profile.Curve.CONCAVE;
import static dev.axiomml.core.op.Profile.Curve.CONVEX;
import static dev.axiomml.core.op.Profile.at;

import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;

/**
 * Sigmoid linear unit, also called swish: {@code x · σ(x)}.
 *
 * <p>Shape: any, unchanged. −∞ and NaN give NaN, as in PyTorch.
 *
 * <p>The curve changes where {@code x · tanh(x / 2) = 2}; the root was found with 50 digits.
 */
public record Silu() implements ScalarOp {
  @Override
  public double value(double x) {
    return x * Sigmoid.logistic(x);
  }

  @Override
  public double slope(double x) {
    double y = Math.max(-800, Math.min(800, x));
    double s = Sigmoid.logistic(y);
    return s + y * s * (1 - s);
  }

  @Override
  public double error() {
    return 2e-15;
  }

  @Override
  public double ulps() {
    return 4;
  }

  @Override
  public Profile profile() {
    return Profile.of(at(-2.3993572805154675, 2.3993572805154675), CONCAVE, CONVEX, CONCAVE);
  }
}
