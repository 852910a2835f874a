package dev.axiomml.verify.check.integer;

import dev.axiomml.core.exact.Dyadic;
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
  static CurvePoints points(ScalarOp op, Profile profile, Dyadic from, Dyadic to) {
    double l = from.floorDouble();
    double u = to.ceilDouble();
    boolean finite = l <= u && Math.max(-l, u) <= Double.MAX_VALUE;
    List<CurvePiece> pieces = finite ? profile.pieces(l, u) : List.of();
    if (pieces.isEmpty()) {
      throw new ArithmeticException(op.title() + " on [" + l + ", " + u + "]");
    }
    return new CurvePoints(pieces);
  }

  /** Whether a tighter interval may make a better line: not where it is one line already. */
  static boolean bends(Profile profile, Dyadic from, Dyadic to) {
    List<CurvePiece> pieces = profile.pieces(from.floorDouble(), to.ceilDouble());
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
