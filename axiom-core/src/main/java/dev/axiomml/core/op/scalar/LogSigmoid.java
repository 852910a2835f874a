package dev.axiomml.core.op.scalar;

import static dev.axiomml.core.op.Profile.Curve.CONCAVE;
import static dev.axiomml.core.op.Profile.at;

import dev.axiomml.core.op.CurveAccuracy;
import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;
import java.util.Optional;

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
  public Optional<ScalarOp> derivative() {
    return Optional.of(
        DifferentialPolynomial.of(
            new SmoothRing(SmoothRing.Kind.LOGISTIC, 1), new double[] {1, 0, 0, 1}));
  }

  @Override
  public CurveAccuracy accuracy() {
    return CurveAccuracy.of(1e-15, 4);
  }

  @Override
  public Profile profile() {
    return Profile.of(this, at(), CONCAVE);
  }
}
