package dev.axiomml.verify.check;

import dev.axiomml.core.exact.Dyadic;
import dev.axiomml.core.op.CurvePiece;
import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A function of one number over an interval, known by its values at points.
 *
 * <p>What is trusted: the pieces of its {@code profile}, and the {@code value} of each piece's
 * curve within its stated {@code error} and {@code slack}.
 */
final class IntegerCurve {
  private final List<IntegerArc> arcs;

  private IntegerCurve(List<IntegerArc> arcs) {
    this.arcs = arcs;
  }

  /** The function on an interval. @throws ArithmeticException where it is not defined */
  static IntegerCurve of(ScalarOp op, Profile profile, Dyadic from, Dyadic to) {
    double l = from.floorDouble();
    double u = to.ceilDouble();
    boolean finite = l <= u && Math.max(-l, u) <= Double.MAX_VALUE;
    List<CurvePiece> pieces = finite ? profile.pieces(l, u) : List.of();
    if (pieces.isEmpty()) {
      throw new ArithmeticException(op.title() + " on [" + l + ", " + u + "]");
    }
    return new IntegerCurve(pieces.stream().map(IntegerArc::of).toList());
  }

  /** Whether a tighter interval may make a better line: not where it is one line already. */
  static boolean bends(Profile profile, Dyadic from, Dyadic to) {
    List<CurvePiece> pieces = profile.pieces(from.floorDouble(), to.ceilDouble());
    return pieces.size() != 1 || pieces.get(0).form() != Profile.Curve.LINE;
  }

  /** The slope of the good line on one side: that of the hull's edge over the middle. */
  double slope(boolean below) {
    Comparator<double[]> along = Comparator.comparingDouble(point -> point[0]);
    Comparator<double[]> up = Comparator.comparingDouble(point -> point[1]);
    double[][] points =
        arcs.stream()
            .flatMap(arc -> Stream.of(arc.points()))
            .sorted(along.thenComparing(below ? up : up.reversed()))
            .toArray(double[][]::new);
    double middle = points[0][0] + (points[points.length - 1][0] - points[0][0]) / 2;
    double[][] hull = new double[points.length][];
    int n = 0;
    for (double[] point : points) {
      if (n > 0 && hull[n - 1][0] == point[0]) {
        continue;
      }
      while (n > 1 && !turns(Arrays.copyOfRange(hull, n - 2, n), point, below)) {
        n--;
      }
      hull[n++] = point;
    }
    for (int i = 1; i < n; i++) {
      if (hull[i][0] >= middle) {
        return secant(hull[i - 1], hull[i]);
      }
    }
    return 0;
  }

  private static boolean turns(double[][] last, double[] next, boolean below) {
    double difference = secant(last[1], next) - secant(last[0], last[1]);
    return below ? difference > 0 : difference < 0;
  }

  private static double secant(double[] a, double[] b) {
    return (b[1] - a[1]) / (b[0] - a[0]);
  }

  /** A number that {@code f(x) − k·x} never falls below. */
  Dyadic least(Dyadic k) {
    return arcs.stream().map(arc -> arc.least(k)).reduce(Dyadic::min).orElseThrow();
  }

  /** A number that {@code f(x) − k·x} never exceeds. */
  Dyadic most(Dyadic k) {
    return arcs.stream().map(arc -> arc.most(k)).reduce(Dyadic::max).orElseThrow();
  }
}
