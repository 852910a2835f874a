package dev.axiomml.core.op.scalar;

import dev.axiomml.core.op.CurveAccuracy;
import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;
import java.util.Optional;

/**
 * Cosine of an angle in radians; ±∞ and NaN give NaN.
 *
 * <p>Shape: any, unchanged.
 */
public record Cos() implements ScalarOp {
  @Override
  public double value(double x) {
    return StrictMath.cos(x);
  }

  @Override
  public Optional<ScalarOp> derivative() {
    return Optional.of(new ShiftedSine(2));
  }

  @Override
  public CurveAccuracy accuracy() {
    return CurveAccuracy.of(2.3e-16, 4);
  }

  @Override
  public Profile profile() {
    return new ShiftedSine(1).profile();
  }
}
