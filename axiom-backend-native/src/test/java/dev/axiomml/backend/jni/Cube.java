package dev.axiomml.backend.jni;

import dev.axiomml.core.op.CurveAccuracy;
import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;
import dev.axiomml.core.op.scalar.PowConstant;
import java.util.Optional;

/** A function that no table knows: {@code x³}. */
record Cube() implements ScalarOp {
  @Override
  public double value(double x) {
    return x * x * x;
  }

  @Override
  public Optional<ScalarOp> derivative() {
    return new PowConstant(3).derivative();
  }

  @Override
  public CurveAccuracy accuracy() {
    return CurveAccuracy.of(3e-16, 2);
  }

  @Override
  public Profile profile() {
    return Profile.of(this, Profile.at(0), Profile.Curve.CONCAVE, Profile.Curve.CONVEX);
  }
}
