package dev.axiomml.core.op.scalar;

import dev.axiomml.core.op.CurveAccuracy;
import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;
import java.util.Optional;

/**
 * The number with the other sign; NaN stays NaN.
 *
 * <p>Shape: any, unchanged.
 */
public record Neg() implements ScalarOp {
  @Override
  public double value(double x) {
    return -x;
  }

  @Override
  public Optional<ScalarOp> derivative() {
    return Optional.of(WeightedPolynomial.constant(-1));
  }

  @Override
  public CurveAccuracy accuracy() {
    return CurveAccuracy.EXACT;
  }

  @Override
  public Profile profile() {
    return Profile.lines(this);
  }
}
