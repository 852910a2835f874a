package dev.axiomml.core.op.scalar;

import dev.axiomml.core.op.CurveAccuracy;
import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;
import java.util.Optional;

/** Rectifier: the larger of {@code x} and zero; NaN stays NaN. */
public record Relu() implements ScalarOp {
  @Override
  public double value(double x) {
    return Math.max(x, 0.0);
  }

  @Override
  public Optional<ScalarOp> derivative() {
    return Optional.of(PiecewiseCurve.step(0, 0, 1));
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
