package dev.axiomml.verify.bound.curve;

import dev.axiomml.core.op.CurveAccuracy;
import dev.axiomml.core.op.ScalarOp;

/**
 * A continuous function of straight pieces over an interval with at most one bend inside, known by
 * its values at the ends and at the bend: as {@link CurveInterval} says, without its lists.
 */
final class StraightSpan implements CurveSpan {
  private final double l;
  private final double bend;
  private final double u;
  private final double low;
  private final double atBend;
  private final double high;
  private final CurveAccuracy accuracy;

  /**
   * @param ends the ends, and between them a bend, or the lower end again where there is none
   */
  StraightSpan(ScalarOp f, CurveAccuracy accuracy, double... ends) {
    this.l = ends[0];
    this.bend = ends[1];
    this.u = ends[2];
    this.low = f.value(l);
    this.atBend = f.value(bend);
    this.high = f.value(u);
    this.accuracy = accuracy;
  }

  @Override
  public double least(double sign, double k) {
    double least = Math.min(at(sign, k, l, low), at(sign, k, u, high));
    return bend == l ? least : Math.min(least, at(sign, k, bend, atBend));
  }

  private double at(double sign, double k, double x, double y) {
    double own = k == 0 ? 0 : 0x1p-51 * (Math.abs(y) + Math.abs(k * x)) + Double.MIN_NORMAL;
    return sign * y - k * x - own - accuracy.doubt(y);
  }

  /** The slope over the middle of the hull below the ends and the bend. */
  @Override
  public double slope(double sign) {
    if (!(l < u)) {
      return 0;
    }
    double whole = sign * (high - low) / (u - l);
    if (bend == l) {
      return whole;
    }
    double left = sign * (atBend - low) / (bend - l);
    double right = sign * (high - atBend) / (u - bend);
    if (!(left < right)) {
      return whole;
    }
    return bend < l + (u - l) / 2 ? right : left;
  }
}
