package dev.axiomml.core.op.scalar;

import dev.axiomml.core.op.CurveAccuracy;
import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;
import java.util.Optional;

/**
 * The nearest whole number, the even one when two are; exact, gradient 0.
 *
 * <p>Shape: any, unchanged.
 */
public record Round() implements ScalarOp {
  @Override
  public double value(double x) {
    return Math.rint(x);
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
    return UnitSteps.of(Math::rint, 0.5, -0.5);
  }
}
