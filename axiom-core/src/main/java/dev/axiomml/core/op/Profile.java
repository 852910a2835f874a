package dev.axiomml.core.op;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How a function of one number bends, told for one closed interval at a time.
 *
 * <p>The pieces of an interval enclose the function: at each place it lies between the least and
 * the greatest of the pieces that hold the place. So a continuous function has pieces that meet in
 * a point, a jump is where one piece ends and another begins at the same place, a step is a piece
 * whose curve is a constant, and where there are more bends than a reader wants two curves may run
 * below and above all of them.
 */
@FunctionalInterface
public interface Profile {
  /** The form of a piece. */
  enum Curve {
    /** Straight; a constant too. */
    LINE,
    /** Its slope never falls. */
    CONVEX,
    /** Its slope never rises. */
    CONCAVE
  }

  /**
   * The pieces over a closed interval, a bounded number of them; empty where nothing is known, as
   * outside of the domain or around a pole. Over a single place the pieces enclose the one value.
   */
  List<CurvePiece> pieces(double lo, double hi);

  /** Cut points, for {@link #of}. */
  static double[] at(double... cuts) {
    return cuts;
  }

  /**
   * A function that is continuous on all numbers and changes its form at fixed places.
   *
   * @param f the function
   * @param cuts where the form changes, rising; each may be off as {@link CurveAccuracy#slack} says
   * @param forms one more than the cuts
   */
  static Profile of(ScalarOp f, double[] cuts, Curve... forms) {
    if (forms.length != cuts.length + 1) {
      throw new IllegalArgumentException(
          cuts.length + " cuts make " + (cuts.length + 1) + " pieces, got " + forms.length);
    }
    for (int i = 1; i < cuts.length; i++) {
      if (!(cuts[i - 1] < cuts[i])) {
        throw new IllegalArgumentException("cuts must rise: " + List.of(cuts[i - 1], cuts[i]));
      }
    }
    return (lo, hi) -> cut(f, cuts, forms, new CurvePiece(lo, hi, Curve.LINE, f));
  }

  /** A continuous function of straight pieces. */
  static Profile lines(ScalarOp f, double... cuts) {
    Curve[] forms = new Curve[cuts.length + 1];
    Arrays.fill(forms, Curve.LINE);
    return of(f, cuts, forms);
  }

  private static List<CurvePiece> cut(ScalarOp f, double[] cuts, Curve[] forms, CurvePiece whole) {
    List<CurvePiece> pieces = new ArrayList<>(2);
    double from = whole.lo();
    int cell = 0;
    for (; cell < cuts.length && cuts[cell] < whole.hi(); cell++) {
      if (cuts[cell] > from) {
        pieces.add(new CurvePiece(from, cuts[cell], forms[cell], f));
        from = cuts[cell];
      }
    }
    pieces.add(new CurvePiece(from, whole.hi(), forms[cell], f));
    return pieces;
  }

  /** The same curve, defined between two ends only. */
  default Profile within(double from, double to) {
    return (lo, hi) -> lo >= from && hi <= to ? pieces(lo, hi) : List.of();
  }
}
