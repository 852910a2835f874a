package dev.axiomml.core.op.scalar;

import static dev.axiomml.core.op.Profile.Curve.CONCAVE;
import static dev.axiomml.core.op.Profile.Curve.CONVEX;
import static dev.axiomml.core.op.Profile.at;

import dev.axiomml.core.op.CurveAccuracy;
import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;
import java.util.Optional;

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
  public Optional<ScalarOp> derivative() {
    return Optional.of(
        DifferentialPolynomial.of(
            new SmoothRing(SmoothRing.Kind.LOGISTIC, 1),
            new double[] {1, 0, 1, 0},
            new double[] {1, 1, 1, 1}));
  }

  @Override
  public CurveAccuracy accuracy() {
    return CurveAccuracy.of(2e-15, 4);
  }

  @Override
  public Profile profile() {
    return Profile.of(this, at(-2.3993572805154675, 2.3993572805154675), CONCAVE, CONVEX, CONCAVE);
  }
}
