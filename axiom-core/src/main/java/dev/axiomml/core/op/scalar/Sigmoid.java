package dev.axiomml.core.op.scalar;

import static dev.axiomml.core.op.Profile.Curve.CONCAVE;
import static dev.axiomml.core.op.Profile.Curve.CONVEX;
import static dev.axiomml.core.op.Profile.at;

import dev.axiomml.core.op.CurveAccuracy;
import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;
import java.util.Optional;

/** Logistic function {@code 1 / (1 + exp(−x))}, in [0, 1]. */
public record Sigmoid() implements ScalarOp {
  @Override
  public double value(double x) {
    return logistic(x);
  }

  /** {@code 1 / (1 + exp(−x))} without overflow. */
  static double logistic(double x) {
    double e = StrictMath.exp(-Math.abs(x));
    return x >= 0 ? 1 / (1 + e) : e / (1 + e);
  }

  @Override
  public Optional<ScalarOp> derivative() {
    return Optional.of(
        DifferentialPolynomial.of(
            new SmoothRing(SmoothRing.Kind.LOGISTIC, 1), new double[] {1, 0, 1, 1}));
  }

  @Override
  public CurveAccuracy accuracy() {
    return CurveAccuracy.of(1e-15, 4);
  }

  @Override
  public Profile profile() {
    return Profile.of(this, at(0), CONVEX, CONCAVE);
  }
}
