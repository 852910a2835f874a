package dev.axiomml.core.op.scalar;

import dev.axiomml.core.op.CurveAccuracy;
import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;
import java.util.Optional;

/**
 * The largest whole number that is not above; exact, gradient 0.
 *
 * <p>Shape: any, unchanged.
 */
public record Floor() implements ScalarOp {
  @Override
  public double value(double x) {
    return Math.floor(x);
  }

  @Override
  public Optional<ScalarOp> derivative() {
    return Optional.of(WeightedPolynomial.constant(0));
  }

  @Override
  public CurveAccuracy accuracy() {
    return CurveAccuracy.EXACT;
  }

  @Override
  public Profile profile() {
    return UnitSteps.of(Math::floor, 0, -1);
  }
}
