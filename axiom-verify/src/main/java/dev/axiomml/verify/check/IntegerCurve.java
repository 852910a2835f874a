package dev.axiomml.verify.check;

import dev.axiomml.core.exact.Dyadic;
import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;
import java.util.Arrays;

/**
 * A function of one number over an interval, known by its values at points.
 *
 * <p>What is trusted: {@code value} within its stated {@code error} and {@code slack}, and the
 * {@code profile}. Slopes are only a hint. Between two points a line or an arch (seen from the side
 * that is asked for) lies on or above their chord's ends; a bowl lies above the chords of the
 * neighbouring points, drawn further.
 */
final class IntegerCurve {
  private static final int POINTS = 48;
  private static final int GRID = -60;
  private final Profile profile;
  private final double[] points;
  private final Dyadic[] low;
  private final Dyadic[] high;

  private IntegerCurve(ScalarOp op, double[] points) {
    this.profile = op.profile();
    this.points = points;
    this.low = new Dyadic[points.length];
    this.high = new Dyadic[points.length];
    Dyadic relative = Dyadic.of(op.error()).plus(Dyadic.of(1, -52));
    Dyadic slack = Dyadic.of(op.slack());
    for (int i = 0; i < points.length; i++) {
      Dyadic y = Dyadic.of(op.value(points[i]));
      boolean zero = y.sign() == 0 && op.error() == 0;
      Dyadic doubt = zero ? Dyadic.ZERO : y.abs().times(relative).plus(Dyadic.of(1, -1070));
      low[i] = y.minus(doubt).minus(slack);
      high[i] = y.plus(doubt).plus(slack);
    }
  }

  /** The function on an interval. @throws ArithmeticException where it is not defined */
  static IntegerCurve of(ScalarOp op, Dyadic from, Dyadic to) {
    Profile profile = op.profile();
    double l = Math.max(from.floorDouble(), profile.low());
    double u = Math.min(to.ceilDouble(), profile.high());
    boolean inside =
        (profile.low() == Double.NEGATIVE_INFINITY || !from.below(Dyadic.of(profile.low())))
            && (profile.high() == Double.POSITIVE_INFINITY || !Dyadic.of(profile.high()).below(to));
    if (!inside || !(l <= u) || !(Math.max(-l, u) <= Double.MAX_VALUE)) {
      throw new ArithmeticException(op.title() + " on [" + l + ", " + u + "]");
    }
    double[] cuts =
        profile.cuts().stream().mapToDouble(c -> c).filter(c -> c > l && c < u).toArray();
    double[] corners = new double[cuts.length + 2];
    corners[0] = l;
    System.arraycopy(cuts, 0, corners, 1, cuts.length);
    corners[cuts.length + 1] = u;
    if (l == u) {
      return new IntegerCurve(op, new double[] {l});
    }
    return new IntegerCurve(op, profile.isPiecewiseLinear() ? corners : between(corners));
  }

  private static double[] between(double[] corners) {
    double[] points = new double[(corners.length - 1) * POINTS + 1];
    for (int i = 0; i < points.length; i++) {
      int piece = Math.min(i / POINTS, corners.length - 2);
      double share = (i - piece * POINTS) / (double) POINTS;
      double a = corners[piece];
      double b = corners[piece + 1];
      points[i] = share == 1 ? b : Math.min(b, a + (b - a) * share);
    }
    return Arrays.stream(points).distinct().toArray();
  }

  /** Whether the interval holds a cut or a bend, so that a tighter interval makes a better line. */
  static boolean bends(ScalarOp op, Dyadic from, Dyadic to) {
    Profile profile = op.profile();
    return !profile.isPiecewiseLinear()
        || profile.cuts().stream()
            .map(Dyadic::of)
            .anyMatch(cut -> from.below(cut) && cut.below(to));
  }

  /** The slope of the good line on one side: that of the hull's edge over the middle. */
  double slope(boolean below) {
    double middle = points[0] + (points[points.length - 1] - points[0]) / 2;
    int[] hull = new int[points.length];
    int n = 0;
    for (int i = 0; i < points.length; i++) {
      while (n > 1 && !turns(hull[n - 2], hull[n - 1], i, below)) {
        n--;
      }
      hull[n++] = i;
    }
    for (int i = 1; i < n; i++) {
      if (points[hull[i]] >= middle && points[hull[i]] > points[hull[i - 1]]) {
        return secant(hull[i - 1], hull[i]);
      }
    }
    return 0;
  }

  private boolean turns(int a, int b, int c, boolean below) {
    double difference = secant(b, c) - secant(a, b);
    return below ? difference > 0 : difference < 0;
  }

  private double secant(int a, int b) {
    return (low[b].floorDouble() - low[a].floorDouble()) / (points[b] - points[a]);
  }

  /** A number that {@code f(x) − k·x} never falls below. */
  Dyadic least(Dyadic k) {
    return least(below(k, low, false), below(k, high, false), Profile.Curve.CONVEX);
  }

  /** A number that {@code f(x) − k·x} never exceeds. */
  Dyadic most(Dyadic k) {
    return least(below(k, high, true), below(k, low, true), Profile.Curve.CONCAVE).negate();
  }

  private Dyadic[] below(Dyadic k, Dyadic[] y, boolean negated) {
    Dyadic[] g = new Dyadic[points.length];
    for (int i = 0; i < g.length; i++) {
      Dyadic difference = y[i].minus(k.times(Dyadic.of(points[i])));
      g[i] = negated ? difference.negate() : difference;
    }
    return g;
  }

  private Dyadic least(Dyadic[] floor, Dyadic[] ceiling, Profile.Curve bowl) {
    Dyadic least = floor[0];
    for (int i = 1; i < floor.length; i++) {
      least = least.min(floor[i]);
    }
    for (int i = 0; i + 1 < floor.length; i++) {
      if (piece(i) == bowl) {
        least = least.min(valley(floor, ceiling, i));
      }
    }
    return least;
  }

  private Profile.Curve piece(int gap) {
    int piece = 0;
    for (double cut : profile.cuts()) {
      piece += cut <= points[gap] ? 1 : 0;
    }
    return profile.pieces().get(piece);
  }

  /** The least of a bowl between points i and i + 1. */
  private Dyadic valley(Dyadic[] floor, Dyadic[] ceiling, int i) {
    boolean before = i > 0 && !isCut(points[i]);
    boolean after = i + 2 < points.length && !isCut(points[i + 1]);
    if (!before && !after) {
      throw new ArithmeticException("a bend between two neighbouring numbers");
    }
    if (!before) {
      return fromRight(floor, ceiling, i);
    }
    Dyadic left = floor[i].min(extended(floor[i], ceiling[i - 1], ratio(i, i - 1)));
    return after ? left.max(fromRight(floor, ceiling, i)) : left;
  }

  private Dyadic fromRight(Dyadic[] floor, Dyadic[] ceiling, int i) {
    return floor[i + 1].min(extended(floor[i + 1], ceiling[i + 2], ratio(i, i + 1)));
  }

  private boolean isCut(double point) {
    return profile.cuts().contains(point);
  }

  /** The line through a far and a near point, drawn on by a share of their distance. */
  private static Dyadic extended(Dyadic near, Dyadic far, Dyadic[] share) {
    Dyadic step = near.minus(far);
    return near.plus(step.times(share[0])).min(near.plus(step.times(share[1])));
  }

  /** Two numbers around the quotient of the lengths of two gaps. */
  private Dyadic[] ratio(int gap, int other) {
    Dyadic quotient = length(gap).over(length(other), GRID);
    return new Dyadic[] {quotient, quotient.plus(Dyadic.of(1, GRID))};
  }

  private Dyadic length(int gap) {
    return Dyadic.of(points[gap + 1]).minus(Dyadic.of(points[gap]));
  }
}
