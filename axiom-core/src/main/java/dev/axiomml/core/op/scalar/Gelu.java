package dev.axiomml.core.op.scalar;

import static dev.axiomml.core.op.Profile.Curve.CONCAVE;
import static dev.axiomml.core.op.Profile.Curve.CONVEX;
import static dev.axiomml.core.op.Profile.at;

import dev.axiomml.core.op.CurveAccuracy;
import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;
import java.util.Optional;

/**
 * Gaussian error linear unit {@code x · Φ(x)}, by the exact error function.
 *
 * <p>Shape: any, unchanged. −∞ and NaN give NaN, as in PyTorch.
 *
 * <p>f″(x) = φ(x)(2 − x²), so the curve changes at ±√2.
 */
public record Gelu() implements ScalarOp {
  @Override
  public double value(double x) {
    return x * NormalDistribution.cdf(x);
  }

  @Override
  public Optional<ScalarOp> derivative() {
    return Optional.of(
        DifferentialPolynomial.of(
            new SmoothRing(SmoothRing.Kind.NORMAL, 1),
            new double[] {1, 0, 1, 0},
            new double[] {1, 1, 0, 1}));
  }

  @Override
  public CurveAccuracy accuracy() {
    return CurveAccuracy.of(2e-14, 4);
  }

  @Override
  public Profile profile() {
    return Profile.of(this, at(-1.4142135623730951, 1.4142135623730951), CONCAVE, CONVEX, CONCAVE);
  }
}
