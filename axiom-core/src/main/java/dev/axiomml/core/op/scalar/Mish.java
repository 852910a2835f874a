package dev.axiomml.core.op.scalar;

import static dev.axiomml.core.op.Profile.Curve.CONCAVE;
import static dev.axiomml.core.op.Profile.Curve.CONVEX;
import static dev.axiomml.core.op.Profile.at;

import dev.axiomml.core.op.CurveAccuracy;
import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;
import java.util.Optional;

/**
 * {@code x · tanh(ln(1 + exp(x)))}.
 *
 * <p>Shape: any, unchanged. −∞ and NaN give NaN, as in PyTorch.
 *
 * <p>The cuts are the two roots of the second derivative, found with 50 digits from its
 * differentiated closed form.
 */
public record Mish() implements ScalarOp {
  @Override
  public double value(double x) {
    return x * gate(x);
  }

  @Override
  public Optional<ScalarOp> derivative() {
    return Optional.of(
        DifferentialPolynomial.of(
            new SmoothRing(SmoothRing.Kind.MISH, 1),
            new double[] {1, 0, 0, 0, 1, 0},
            new double[] {1, 1, 1, 0, 0, 1},
            new double[] {1, 1, 1, 0, 1, 1}));
  }

  @Override
  public CurveAccuracy accuracy() {
    return CurveAccuracy.of(2e-15, 4);
  }

  @Override
  public Profile profile() {
    return Profile.of(this, at(-2.256376396360793, 1.4905711794854284), CONCAVE, CONVEX, CONCAVE);
  }

  /** tanh(ln(1 + exp(x))) as a quotient without overflow. */
  static double gate(double x) {
    double q = StrictMath.exp(-Math.abs(x));
    return x >= 0 ? (1 + 2 * q) / (1 + 2 * q * (1 + q)) : q * (q + 2) / (q * (q + 2) + 2);
  }
}
