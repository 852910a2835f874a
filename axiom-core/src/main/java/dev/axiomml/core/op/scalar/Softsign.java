package dev.axiomml.core.op.scalar;

import static dev.axiomml.core.op.Profile.Curve.CONCAVE;
import static dev.axiomml.core.op.Profile.Curve.CONVEX;
import static dev.axiomml.core.op.Profile.at;

import dev.axiomml.core.op.CurveAccuracy;
import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;
import java.util.Optional;

/**
 * {@code x / (1 + |x|)}; ±∞ and NaN give NaN, as in PyTorch.
 *
 * <p>Shape: any, unchanged.
 */
public record Softsign() implements ScalarOp {
  @Override
  public double value(double x) {
    return x / (1 + Math.abs(x));
  }

  @Override
  public Optional<ScalarOp> derivative() {
    return Optional.of(
        PiecewiseCurve.of(
            WeightedPolynomial.power(1, RealPolynomial.of(1, -1), -2),
            PiecewiseCurve.left(0),
            WeightedPolynomial.power(1, RealPolynomial.of(1, 1), -2)));
  }

  @Override
  public CurveAccuracy accuracy() {
    return CurveAccuracy.of(4e-16, 4);
  }

  @Override
  public Profile profile() {
    return Profile.of(this, at(0), CONVEX, CONCAVE);
  }
}
