package dev.axiomml.backend.jni;

import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;

/** A function that no table knows: {@code x³}. */
record Cube() implements ScalarOp {
  @Override
  public double value(double x) {
    return x * x * x;
  }

  @Override
  public double slope(double x) {
    return 3 * x * x;
  }

  @Override
  public double error() {
    return 3e-16;
  }

  @Override
  public double ulps() {
    return 2;
  }

  @Override
  public Profile profile() {
    return Profile.of(Profile.at(0), Profile.Curve.CONCAVE, Profile.Curve.CONVEX);
  }
}
