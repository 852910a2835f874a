package dev.axiomml.core.op.scalar;

import static dev.axiomml.core.op.Profile.Curve.LINE;
import static dev.axiomml.core.op.Profile.at;

import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;

/** Rectifier: the larger of {@code x} and zero; NaN stays NaN. */
public record Relu() implements ScalarOp {
  @Override
  public double value(double x) {
    return Math.max(x, 0.0);
  }

  @Override
  public double slope(double x) {
    return x > 0 ? 1 : 0;
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
    return Profile.of(at(0), LINE, LINE);
  }
}
