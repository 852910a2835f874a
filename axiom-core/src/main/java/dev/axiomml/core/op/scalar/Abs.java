package dev.axiomml.core.op.scalar;

import dev.axiomml.core.op.CurveAccuracy;
import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;
import java.util.Optional;

/**
 * Magnitude; NaN stays NaN.
 *
 * <p>Shape: any, unchanged.
 */
public record Abs() implements ScalarOp {
  @Override
  public double value(double x) {
    return Math.abs(x);
  }

  @Override
  public Optional<ScalarOp> derivative() {
    return Optional.of(new Sign());
  }

  @Override
  public CurveAccuracy accuracy() {
    return CurveAccuracy.EXACT;
  }

  @Override
  public Profile profile() {
    return Profile.lines(this, 0);
  }
}
