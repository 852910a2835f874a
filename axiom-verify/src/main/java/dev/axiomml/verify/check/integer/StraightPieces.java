package dev.axiomml.verify.check.integer;

import dev.axiomml.core.op.CurveAccuracy;
import dev.axiomml.core.op.CurvePiece;
import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;
import java.util.List;
import java.util.Optional;

/**
 * A continuous function of one number that is a few straight pieces and is computed exactly, on all
 * numbers up to 2¹⁰⁰.
 *
 * @param pieces from left to right, each beginning where the one before it ends
 */
record StraightPieces(List<CurvePiece> pieces) {
  private static final double FAR = 0x1p100;
  private static final int MOST = 8;

  /** Empty for any other function. */
  static Optional<StraightPieces> of(ScalarOp op) {
    List<CurvePiece> pieces =
        isExact(op) && op.accuracy().ulps() == 0
            ? op.profile().pieces(-FAR, FAR)
            : List.<CurvePiece>of();
    boolean whole =
        !pieces.isEmpty()
            && pieces.size() <= MOST
            && pieces.get(0).lo() == -FAR
            && pieces.get(pieces.size() - 1).hi() == FAR;
    for (int i = 0; whole && i < pieces.size(); i++) {
      CurvePiece piece = pieces.get(i);
      whole =
          piece.form() == Profile.Curve.LINE
              && piece.lo() < piece.hi()
              && isExact(piece.curve())
              && (i == 0 || meet(pieces.get(i - 1), piece));
    }
    return whole ? Optional.of(new StraightPieces(pieces)) : Optional.empty();
  }

  private static boolean isExact(ScalarOp curve) {
    CurveAccuracy accuracy = curve.accuracy();
    return accuracy.error() == 0 && accuracy.slack() == 0;
  }

  private static boolean meet(CurvePiece left, CurvePiece right) {
    double at = left.hi();
    return at == right.lo() && left.curve().value(at) == right.curve().value(at);
  }

  /** Whether an interval is one that the pieces cover. */
  boolean covers(double from, double to) {
    return -FAR <= from && from <= to && to <= FAR;
  }

  /** Whether no more than two pieces cover an interval. */
  boolean tells(double from, double to) {
    return covers(from, to) && last(to) - first(from) < 2;
  }

  /** The last piece that begins at or before a place. */
  int first(double from) {
    int piece = pieces.size() - 1;
    while (piece > 0 && pieces.get(piece).lo() > from) {
      piece--;
    }
    return piece;
  }

  /** The first piece that ends at or after a place. */
  int last(double to) {
    int piece = 0;
    while (piece < pieces.size() - 1 && pieces.get(piece).hi() < to) {
      piece++;
    }
    return piece;
  }

  /** The slope of the steepest piece. */
  double steepest() {
    return pieces.stream()
        .mapToDouble(p -> (value(p, p.hi()) - value(p, p.lo())) / (p.hi() - p.lo()))
        .map(Math::abs)
        .max()
        .orElseThrow();
  }

  private static double value(CurvePiece piece, double x) {
    return piece.curve().value(x);
  }

  /** The corners over an interval, its ends among them: places, then values. */
  double[][] corners(double from, double to) {
    int first = first(from);
    int last = Math.max(first, last(to));
    double[][] corners = new double[2][last - first + 2];
    corners[0][0] = from;
    corners[1][0] = value(pieces.get(first), from);
    for (int i = first; i <= last; i++) {
      double x = i == last ? to : pieces.get(i).hi();
      corners[0][i - first + 1] = x;
      corners[1][i - first + 1] = value(pieces.get(i), x);
    }
    return corners;
  }
}
