package dev.axiomml.verify.check.integer;

import dev.axiomml.core.exact.Dyadic;
import dev.axiomml.core.op.CurveAccuracy;
import dev.axiomml.core.op.CurvePiece;
import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A function of one number over an interval, known by its values at points.
 *
 * <p>What is trusted: the pieces of its {@code profile}, and the {@code value} of each piece's
 * curve within its stated {@code error} and {@code slack}.
 */
final class IntegerCurve {
  private final List<IntegerArc> arcs;

  IntegerCurve(CurvePoints points) {
    arcs =
        IntStream.range(0, points.pieces().size())
            .mapToObj(i -> new IntegerArc(points.pieces().get(i), points.at(i)))
            .toList();
  }

  /** Points on an interval. @throws ArithmeticException where the function is not defined */
  static CurvePoints points(ScalarOp op, Profile profile, double l, double u) {
    boolean finite = l <= u && Math.max(-l, u) <= Double.MAX_VALUE;
    List<CurvePiece> pieces = finite ? profile.pieces(l, u) : List.of();
    if (pieces.isEmpty()) {
      throw new ArithmeticException(op.title() + " on [" + l + ", " + u + "]");
    }
    return new CurvePoints(pieces);
  }

  /**
   * Whether the function leaves every number of an interval as it is: one line that does so at both
   * ends, of a function that is computed exactly.
   */
  static boolean keeps(ScalarOp op, Profile profile, double l, double u) {
    boolean finite = l < u && Math.max(-l, u) <= Double.MAX_VALUE;
    List<CurvePiece> pieces =
        finite && op.accuracy().ulps() == 0 ? profile.pieces(l, u) : List.of();
    return pieces.size() == 1
        && pieces.get(0).form() == Profile.Curve.LINE
        && keeps(pieces.get(0).curve(), l, u);
  }

  private static boolean keeps(ScalarOp line, double l, double u) {
    CurveAccuracy accuracy = line.accuracy();
    boolean exact = accuracy.error() == 0 && accuracy.slack() == 0;
    return exact && line.value(l) == l && line.value(u) == u;
  }

  /** Whether a tighter interval may make a better line: not where it is one line already. */
  static boolean bends(Profile profile, double[] ends) {
    List<CurvePiece> pieces = profile.pieces(ends[0], ends[1]);
    return pieces.size() != 1 || pieces.get(0).form() != Profile.Curve.LINE;
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
