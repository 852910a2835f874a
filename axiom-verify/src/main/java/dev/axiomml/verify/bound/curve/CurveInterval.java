package dev.axiomml.verify.bound.curve;

import dev.axiomml.core.op.CurveAccuracy;
import dev.axiomml.core.op.CurvePiece;
import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A function of one number over an interval: sound least values, and sound lines on either side.
 *
 * <p>Bounds are of the real function; {@link dev.axiomml.verify.bound.RoundingModel} adds what an
 * execution rounds. Used by one thread.
 */
final class CurveInterval implements CurveSpan {
  private static final int BISECTIONS = 34;
  private static final double NEAR = 0x1p-34;
  private static final int SLOPES = 14;
  private final ProfileCurve curve;
  private final List<CurvePiece> pieces;
  private final double l;
  private final double u;
  private double lowest;
  private double lowestValue;

  CurveInterval(ProfileCurve curve, List<CurvePiece> pieces, double l, double u) {
    this.curve = curve;
    this.pieces = pieces;
    this.l = l;
    this.u = u;
  }

  @Override
  public double least(double sign, double k) {
    Profile.Curve bowl = sign > 0 ? Profile.Curve.CONVEX : Profile.Curve.CONCAVE;
    lowestValue = Double.POSITIVE_INFINITY;
    double least = Double.POSITIVE_INFINITY;
    for (CurvePiece piece : pieces) {
      least = Math.min(least, at(sign, k, piece.curve(), piece.lo()));
      least = Math.min(least, at(sign, k, piece.curve(), piece.hi()));
      if (piece.form() == bowl && piece.lo() < piece.hi()) {
        least = Math.min(least, valley(sign, k, piece));
      }
    }
    return least;
  }

  /** {@code sign·f(x) − k·x}, less what double arithmetic and {@code value} itself may be off. */
  private double at(double sign, double k, ScalarOp f, double x) {
    double y = f.value(x);
    double magnitude = Math.abs(y) + Math.abs(k * x);
    double own = k == 0 ? 0 : 0x1p-51 * magnitude + Double.MIN_NORMAL;
    double value = sign * y - k * x - own - curve.accuracy(f).doubt(y);
    if (value < lowestValue) {
      lowestValue = value;
      lowest = x;
    }
    return value;
  }

  /**
   * A least value of a piece where {@code sign·f} bends upward: a tangent inside a small bracket
   * around the lowest point, taken to the bracket's other end. Mostly that point is an end, which
   * two slopes tell.
   */
  private double valley(double sign, double k, CurvePiece piece) {
    Optional<ScalarOp> slope = curve.slope(piece.curve());
    if (slope.isEmpty()) {
      return Double.NEGATIVE_INFINITY;
    }
    ScalarOp d = slope.get();
    double a = piece.lo();
    double b = piece.hi();
    double near = (b - a) * NEAR;
    double first = sign * d.value(a + near);
    double last = sign * d.value(b - near);
    double p = first < k && last < k ? b - near : a;
    double q = first < k ? b : a + near;
    for (int i = 0; i < BISECTIONS && q - p > near; i++) {
      double middle = p + (q - p) / 2;
      boolean falling = sign * d.value(middle) < k;
      p = falling ? middle : p;
      q = falling ? q : middle;
    }
    double touch = p > a ? p : q;
    double rise = Math.abs(sign * d.value(touch) - k);
    double steepest = Math.max(Math.abs(first), Math.abs(last));
    CurveAccuracy worse = curve.accuracy(piece.curve()).or(curve.accuracy(d));
    double error = 8 * worse.error() + 1e-14;
    double doubt = error * (1 + steepest + rise + Math.abs(k)) + worse.slack();
    double tangent = rise * (q - p) * (1 + 0x1p-40) + doubt * (b - a);
    return at(sign, k, piece.curve(), touch) - tangent;
  }

  @Override
  public double slope(double sign) {
    if (!(l < u)) {
      return 0;
    }
    boolean straight = true;
    for (CurvePiece piece : pieces) {
      straight &= piece.form() == Profile.Curve.LINE;
    }
    return straight ? chord(sign) : tangent(sign);
  }

  /** The slope over the middle of the hull below all ends of straight pieces. */
  private double chord(double sign) {
    double[][] ends = new double[2 * pieces.size()][];
    for (int i = 0; i < pieces.size(); i++) {
      CurvePiece piece = pieces.get(i);
      ends[2 * i] = new double[] {piece.lo(), sign * piece.curve().value(piece.lo())};
      ends[2 * i + 1] = new double[] {piece.hi(), sign * piece.curve().value(piece.hi())};
    }
    Arrays.sort(ends, (a, b) -> Double.compare(a[0], b[0]));
    int n = 0;
    for (double[] end : ends) {
      boolean covered = n > 0 && ends[n - 1][0] == end[0] && ends[n - 1][1] <= end[1];
      n -= n > 0 && ends[n - 1][0] == end[0] && !covered ? 1 : 0;
      while (!covered && n > 1 && secant(ends[n - 1], end) <= secant(ends[n - 2], ends[n - 1])) {
        n--;
      }
      ends[n] = covered ? ends[n] : end;
      n += covered ? 0 : 1;
    }
    int edge = 1;
    while (edge < n - 1 && ends[edge][0] < l + (u - l) / 2) {
      edge++;
    }
    return n > 1 ? secant(ends[edge - 1], ends[edge]) : 0;
  }

  private static double secant(double[] a, double[] b) {
    return (b[1] - a[1]) / (b[0] - a[0]);
  }

  /**
   * The slope whose line is highest at the middle: that height is concave in the slope, and falls
   * where the line touches right of the middle.
   */
  private double tangent(double sign) {
    double middle = l + (u - l) / 2;
    double low = sign * (curve.f().value(u) - curve.f().value(l)) / (u - l);
    double high = low;
    for (CurvePiece piece : pieces) {
      for (double end : new double[] {piece.lo(), piece.hi()}) {
        double slope = sign * curve.slope(piece.curve()).map(d -> d.value(end)).orElse(0.0);
        boolean finite = Math.abs(slope) <= Double.MAX_VALUE;
        low = finite ? Math.min(low, slope) : low;
        high = finite ? Math.max(high, slope) : high;
      }
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
