package dev.axiomml.core.op.scalar;

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
  public double error() {
    return 0;
  }

  @Override
  public double ulps() {
    return 0;
  }

  @Override
  public Profile profile() {
    return Profile.lines(this);
  }
}
