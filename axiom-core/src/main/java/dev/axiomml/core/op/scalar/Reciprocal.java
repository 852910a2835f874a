package dev.axiomml.core.op.scalar;

import dev.axiomml.core.op.CurveAccuracy;
import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;
import java.util.Optional;

/**
 * {@code 1 / x}; ±0 gives ±∞, NaN stays NaN.
 *
 * <p>Shape: any, unchanged.
 */
public record Reciprocal() implements ScalarOp {
  @Override
  public double value(double x) {
    return 1 / x;
  }

  @Override
  public Optional<ScalarOp> derivative() {
    return new PowConstant(-1).derivative();
  }

  @Override
  public CurveAccuracy accuracy() {
    return CurveAccuracy.of(0x1p-52, 1);
  }

  @Override
  public Profile profile() {
    return WeightedPolynomial.power(1, RealPolynomial.of(0, 1), -1).profile();
  }
}
