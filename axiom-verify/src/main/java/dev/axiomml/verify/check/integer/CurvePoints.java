package dev.axiomml.verify.check.integer;

import dev.axiomml.core.op.CurvePiece;
import dev.axiomml.core.op.Profile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Where the pieces of a function are looked at, and slopes of good lines on either side. Any points
 * and any slope are sound, so all of it is plain double arithmetic.
 *
 * <p>Points stand close together where a piece's least value and the point where a good line
 * touches it are likely: at its ends and around that point.
 */
final class CurvePoints {
  private static final int GAPS = 8;
  private static final double NEAR = 0x1p-13;
  private static final int SEARCHES = 24;
  private final List<CurvePiece> pieces;
  private final List<double[]> at = new ArrayList<>();
  private final double[] slopes = new double[2];

  CurvePoints(List<CurvePiece> pieces) {
    this.pieces = pieces;
    pieces.forEach(piece -> at.add(coarse(piece)));
    IntStream.range(0, pieces.size()).forEach(this::bottom);
    double lo = pieces.stream().mapToDouble(CurvePiece::lo).min().orElseThrow();
    double hi = pieces.stream().mapToDouble(CurvePiece::hi).max().orElseThrow();
    double middle = lo + (hi - lo) / 2;
    slopes[0] = line(middle, true);
    slopes[1] = line(middle, false);
  }

  private static double[] coarse(CurvePiece piece) {
    double a = piece.lo();
    double b = piece.hi();
    if (piece.form() == Profile.Curve.LINE || a == b) {
      return a == b ? new double[] {a} : new double[] {a, b};
    }
    double near = (b - a) * NEAR;
    DoubleStream between = IntStream.range(1, GAPS).mapToDouble(i -> a + (b - a) * i / GAPS);
    DoubleStream ends = DoubleStream.of(a, a + near, a + 2 * near, b - 2 * near, b - near, b);
    return sorted(piece, DoubleStream.concat(between, ends));
  }

  private static double[] sorted(CurvePiece piece, DoubleStream points) {
    return points.filter(x -> x >= piece.lo() && x <= piece.hi()).sorted().distinct().toArray();
  }

  List<CurvePiece> pieces() {
    return pieces;
  }

  /** The points of a piece, rising; both its ends are among them. */
  double[] at(int piece) {
    return at.get(piece);
  }

  /** The slope of a good line below the function, or above it. */
  double slope(boolean below) {
    return slopes[below ? 0 : 1];
  }

  /** The larger magnitude of the two slopes, of those up to a limit. */
  double steepest(double limit) {
    return Arrays.stream(slopes).map(Math::abs).filter(k -> k <= limit).max().orElse(0);
  }

  /** A place on a piece; its height has the sign that makes a line below the good one. */
  private record Place(int piece, double x, double height) {}

  /** The slope of the line that is best at the middle, around whose ends points are added. */
  private double line(double middle, boolean below) {
    List<Place> hull = hull(below ? 1 : -1);
    int edge = 1;
    while (edge < hull.size() && hull.get(edge).x() < middle) {
      edge++;
    }
    if (edge >= hull.size()) {
      return 0;
    }
    Place left = hull.get(edge - 1);
    Place right = hull.get(edge);
    double sign = below ? 1 : -1;
    if (isBowl(left, sign) && left.piece() == right.piece() && adjacent(left, right)) {
      return sign * tangent(left.piece(), middle, sign);
    }
    Place from = touching(left, right, sign);
    Place to = touching(right, from, sign);
    if (from.x() > middle || to.x() < middle) {
      return sign * tangent((from.x() > middle ? from : to).piece(), middle, sign);
    }
    return sign * secant(from, to);
  }

  private double tangent(int piece, double x, double sign) {
    double near = near(piece);
    double from = Math.max(x - near, pieces.get(piece).lo());
    double to = Math.min(x + near, pieces.get(piece).hi());
    add(piece, x);
    return secant(place(piece, from, sign), place(piece, to, sign));
  }

  private boolean adjacent(Place left, Place right) {
    double[] points = at.get(left.piece());
    return Arrays.binarySearch(points, right.x()) == Arrays.binarySearch(points, left.x()) + 1;
  }

  private boolean isBowl(Place place, double sign) {
    Profile.Curve bowl = sign > 0 ? Profile.Curve.CONVEX : Profile.Curve.CONCAVE;
    return pieces.get(place.piece()).form() == bowl;
  }

  private double near(int piece) {
    return (pieces.get(piece).hi() - pieces.get(piece).lo()) * NEAR;
  }

  private Place place(int piece, double x, double sign) {
    return new Place(piece, x, sign * pieces.get(piece).curve().value(x));
  }

  private static double secant(Place a, Place b) {
    return (b.height() - a.height()) / (b.x() - a.x());
  }

  /**
   * Adds a point and its close neighbours to a piece in place of what is closer still, since a
   * chord between points that nearly meet tells nothing; at the ends they are there already.
   */
  private void add(int piece, double x) {
    double near = near(piece);
    CurvePiece on = pieces.get(piece);
    if (x - on.lo() < 3 * near || on.hi() - x < 3 * near) {
      return;
    }
    DoubleStream kept = Arrays.stream(at(piece)).filter(p -> Math.abs(p - x) > 1.5 * near);
    DoubleStream more = DoubleStream.of(x - near, x, x + near);
    at.set(piece, sorted(on, DoubleStream.concat(kept, more)));
  }

  /** Where a line through another place touches a bowl near a point of it. */
  private Place touching(Place point, Place other, double sign) {
    double[] points = at.get(point.piece());
    if (!isBowl(point, sign) || points.length < 3) {
      return point;
    }
    int found = Arrays.binarySearch(points, point.x());
    int i = Math.min(points.length - 1, found < 0 ? -found - 1 : found);
    double from = points[Math.max(0, i - 1)];
    double to = points[Math.min(points.length - 1, i + 1)];
    double side = point.x() < other.x() ? -1 : 1;
    DoubleUnaryOperator steepness = x -> side * secant(place(point.piece(), x, sign), other);
    double x = lowest(steepness, from, to);
    boolean better = steepness.applyAsDouble(x) <= steepness.applyAsDouble(point.x());
    Place touch = better ? place(point.piece(), x, sign) : point;
    add(point.piece(), touch.x());
    return touch;
  }

  private static double lowest(DoubleUnaryOperator f, double from, double to) {
    double a = from;
    double b = to;
    for (int k = 0; k < SEARCHES; k++) {
      double third = (b - a) / 3;
      boolean left = f.applyAsDouble(a + third) < f.applyAsDouble(b - third);
      a += left ? 0 : third;
      b -= left ? third : 0;
    }
    return a + (b - a) / 2;
  }

  /** Adds the place between the ends where a piece is lowest, or highest where it is an arch. */
  private void bottom(int piece) {
    double sign = pieces.get(piece).form() == Profile.Curve.CONVEX ? 1 : -1;
    double[] points = at.get(piece);
    int best = 0;
    for (int i = 1; i < points.length; i++) {
      boolean lower =
          place(piece, points[i], sign).height() < place(piece, points[best], sign).height();
      best = lower ? i : best;
    }
    if (best > 0 && best < points.length - 1) {
      add(piece, lowest(x -> place(piece, x, sign).height(), points[best - 1], points[best + 1]));
    }
  }

  /** The corners of the hull below all points. */
  private List<Place> hull(double sign) {
    List<Place> hull = new ArrayList<>();
    for (Place next : places(sign)) {
      if (!hull.isEmpty() && last(hull, 1).x() == next.x()) {
        continue;
      }
      while (hull.size() > 1
          && secant(last(hull, 1), next) <= secant(last(hull, 2), last(hull, 1))) {
        hull.remove(hull.size() - 1);
      }
      hull.add(next);
    }
    return hull;
  }

  /** All points from left to right, of two at the same place the lower one first. */
  private List<Place> places(double sign) {
    return IntStream.range(0, at.size())
        .boxed()
        .flatMap(piece -> Arrays.stream(at(piece)).mapToObj(x -> place(piece, x, sign)))
        .sorted(Comparator.comparingDouble(Place::x).thenComparingDouble(Place::height))
        .toList();
  }

  private static Place last(List<Place> hull, int back) {
    return hull.get(hull.size() - back);
  }
}
