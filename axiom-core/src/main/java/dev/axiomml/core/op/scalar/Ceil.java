package dev.axiomml.core.op.scalar;

import dev.axiomml.core.op.CurveAccuracy;
import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;
import java.util.Optional;

/**
 * The smallest whole number that is not below; exact, gradient 0.
 *
 * <p>Shape: any, unchanged.
 */
public record Ceil() implements ScalarOp {
  @Override
  public double value(double x) {
    return Math.ceil(x);
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
    return UnitSteps.of(Math::ceil, 0, 0);
  }
}
