package dev.axiomml.verify.bound;

import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;

/**
 * A function of one number over an interval: sound least values, and sound lines on either side.
 *
 * <p>Everything rests on {@link #least}: whatever slope is chosen, the line that it gives is sound,
 * so slopes may be found by any search. Bounds are of the real function; {@link RoundingModel} adds
 * what an execution rounds. Used by one thread.
 */
final class CurveInterval {
  private static final int BISECTIONS = 34;
  private static final int SLOPES = 14;
  private final ProfileCurve curve;
  private final ScalarOp f;
  private final double l;
  private final double u;
  private final double[] corners;
  private double lowest;
  private double lowestValue;

  CurveInterval(ProfileCurve curve, double l, double u) {
    this.curve = curve;
    this.f = curve.f();
    this.l = l;
    this.u = u;
    this.corners = curve.corners(l, u);
  }

  /** A sound least value of {@code sign·f(x) − k·x} over the interval; NaN when unknown. */
  double least(double sign, double k) {
    lowestValue = Double.POSITIVE_INFINITY;
    double least = Double.POSITIVE_INFINITY;
    for (double corner : corners) {
      least = Math.min(least, at(sign, k, corner));
    }
    for (int i = 0; i + 1 < corners.length; i++) {
      double a = corners[i];
      double b = corners[i + 1];
      if (bowl(sign, a, b)) {
        least = Math.min(least, valley(sign, k, a, b));
      }
    }
    return least;
  }

  private boolean bowl(double sign, double a, double b) {
    return a < b
        && curve.bend(a + (b - a) / 2) == (sign > 0 ? Profile.Curve.CONVEX : Profile.Curve.CONCAVE);
  }

  /** {@code sign·f(x) − k·x}, less what double arithmetic and {@code value} itself may be off. */
  private double at(double sign, double k, double x) {
    double y = f.value(x);
    double magnitude = Math.abs(y) + Math.abs(k * x);
    double doubt = f.error() * Math.abs(y) + 0x1p-51 * magnitude + curve.slack();
    double value = sign * y - k * x - doubt;
    if (value < lowestValue) {
      lowestValue = value;
      lowest = x;
    }
    return magnitude > 0 ? value - Double.MIN_NORMAL : value;
  }

  /**
   * A least value between a and b, where {@code sign·f} bends upward: a tangent inside a small
   * bracket around the lowest point, taken to the bracket's other end. Slopes are asked inside
   * only, at a cut they may belong to the neighbour.
   */
  private double valley(double sign, double k, double a, double b) {
    double p = a;
    double q = b;
    for (int i = 0; i < BISECTIONS; i++) {
      double middle = p + (q - p) / 2;
      boolean falling = sign * f.slope(middle) < k;
      p = falling ? middle : p;
      q = falling ? q : middle;
    }
    double touch = p > a ? p : q;
    double rise = Math.abs(sign * f.slope(touch) - k);
    double near = (b - a) * 1e-9;
    double steepest = Math.max(Math.abs(f.slope(a + near)), Math.abs(f.slope(b - near)));
    double doubt = (8 * f.error() + 1e-14) * (1 + steepest + rise + Math.abs(k));
    return at(sign, k, touch) - rise * (q - p) * (1 + 0x1p-40) - doubt * (b - a);
  }

  /** The slope of a good line below {@code sign·f}; any slope would be sound. */
  double slope(double sign) {
    if (!(l < u)) {
      return 0;
    }
    return curve.isStraight() ? chord(sign) : tangent(sign);
  }

  /** Of the chords between corners the one that is best at the middle; ties go to the first. */
  private double chord(double sign) {
    double middle = l + (u - l) / 2;
    double bestSlope = 0;
    double bestValue = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < corners.length * corners.length; i++) {
      int from = i / corners.length;
      int to = i % corners.length;
      if (from < to) {
        double k = secant(sign, corners[from], corners[to]);
        double value = least(sign, k) + k * middle;
        bestSlope = value > bestValue ? k : bestSlope;
        bestValue = Math.max(value, bestValue);
      }
    }
    return bestSlope;
  }

  private double secant(double sign, double a, double b) {
    return sign * (f.value(b) - f.value(a)) / (b - a);
  }

  /**
   * The slope whose line is highest at the middle: that height is concave in the slope, and falls
   * where the line touches right of the middle.
   */
  private double tangent(double sign) {
    double middle = l + (u - l) / 2;
    double low = secant(sign, l, u);
    double high = low;
    for (double corner : corners) {
      low = Math.min(low, sign * f.slope(corner));
      high = Math.max(high, sign * f.slope(corner));
    }
    double k = low + (high - low) / 2;
    for (int i = 0; i < SLOPES; i++) {
      least(sign, k);
      low = lowest > middle ? low : k;
      high = lowest > middle ? k : high;
      k = low + (high - low) / 2;
    }
    return k;
  }
}
