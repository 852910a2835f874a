package dev.axiomml.verify.bound;

import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;

/** A function of one number with its profile at hand, to be looked at on many intervals. */
final class ProfileCurve {
  private final ScalarOp f;
  private final Profile profile;
  private final double[] cuts;
  private final boolean straight;
  private final double slack;

  ProfileCurve(ScalarOp f) {
    this.f = f;
    this.profile = f.profile();
    this.cuts = profile.cuts().stream().mapToDouble(cut -> cut).toArray();
    this.straight = profile.isPiecewiseLinear();
    this.slack = f.slack();
  }

  ScalarOp f() {
    return f;
  }

  /** The function's absolute error. */
  double slack() {
    return slack;
  }

  /** Whether all pieces are lines. */
  boolean isStraight() {
    return straight;
  }

  /** Whether anything can be said: finite ends inside the function's domain. */
  boolean knows(double l, double u) {
    return l >= -Double.MAX_VALUE
        && u <= Double.MAX_VALUE
        && l >= profile.low()
        && u <= profile.high();
  }

  /** Whether the interval crosses a cut, so that a tighter interval may make a better line. */
  boolean crosses(double l, double u) {
    for (double cut : cuts) {
      if (l < cut && cut < u) {
        return true;
      }
    }
    return false;
  }

  CurveInterval on(double l, double u) {
    return new CurveInterval(this, l, u);
  }

  /** Both ends and the cuts between them. */
  double[] corners(double l, double u) {
    double[] all = new double[cuts.length + 2];
    int n = 0;
    all[n++] = l;
    for (double cut : cuts) {
      if (cut > l && cut < u) {
        all[n++] = cut;
      }
    }
    all[n++] = u;
    return java.util.Arrays.copyOf(all, n);
  }

  /** How the function bends around a point that is no cut. */
  Profile.Curve bend(double at) {
    int piece = 0;
    while (piece < cuts.length && cuts[piece] < at) {
      piece++;
    }
    return profile.pieces().get(piece);
  }
}
