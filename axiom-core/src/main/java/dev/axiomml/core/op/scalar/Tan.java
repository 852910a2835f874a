package dev.axiomml.core.op.scalar;

import dev.axiomml.core.op.CurveAccuracy;
import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;
import java.util.Optional;

/**
 * Tangent of an angle in radians; ±∞ and NaN give NaN. Nothing is claimed of an interval with a
 * pole.
 *
 * <p>Shape: any, unchanged.
 */
public record Tan() implements ScalarOp {
  @Override
  public double value(double x) {
    return StrictMath.tan(x);
  }

  @Override
  public Optional<ScalarOp> derivative() {
    return Optional.of(new TangentPolynomial(RealPolynomial.of(1, 0, 1)));
  }

  @Override
  public CurveAccuracy accuracy() {
    return CurveAccuracy.of(2.3e-16, 4);
  }

  @Override
  public Profile profile() {
    return new TangentPolynomial(RealPolynomial.of(0, 1)).profile();
  }
}
