package dev.axiomml.core.op.scalar;

import static dev.axiomml.core.op.Profile.Curve.CONVEX;
import static dev.axiomml.core.op.Profile.Curve.LINE;
import static dev.axiomml.core.op.Profile.at;

import dev.axiomml.core.op.CurveAccuracy;
import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;
import java.util.List;
import java.util.Optional;

/**
 * {@code x · min(max(x + 3, 0), 6) / 6}.
 *
 * <p>Shape: any, unchanged. −∞ and NaN give NaN, as in PyTorch.
 */
public record HardSwish() implements ScalarOp {
  @Override
  public double value(double x) {
    return x * Math.min(Math.max(x + 3, 0), 6) / 6;
  }

  @Override
  public Optional<ScalarOp> derivative() {
    return Optional.of(
        new PiecewiseCurve(
            List.of(PiecewiseCurve.left(-3), PiecewiseCurve.right(3)),
            List.of(
                WeightedPolynomial.constant(0),
                WeightedPolynomial.line(1.0 / 3, 0.5),
                WeightedPolynomial.constant(1))));
  }

  @Override
  public CurveAccuracy accuracy() {
    return CurveAccuracy.of(4e-16, 4);
  }

  @Override
  public Profile profile() {
    return Profile.of(this, at(-3, 3), LINE, CONVEX, LINE);
  }
}
