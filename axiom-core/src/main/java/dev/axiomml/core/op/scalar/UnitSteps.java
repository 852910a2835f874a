package dev.axiomml.core.op.scalar;

import dev.axiomml.core.op.CurvePiece;
import dev.axiomml.core.op.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** Profiles of functions that are one constant after another. */
final class UnitSteps {
  private static final int MOST = 16;
  private static final double WHOLE = 0x1p50; // beyond it jumps are not told from each other

  private UnitSteps() {}

  /** A constant over an interval. */
  static CurvePiece level(double lo, double hi, double level) {
    return new CurvePiece(lo, hi, Profile.Curve.LINE, WeightedPolynomial.constant(level + 0.0));
  }

  /**
   * A rising function that jumps by 1 at {@code jump + k} for all whole k and lies between {@code x
   * + low} and {@code x + low + 1}; between many jumps these two lines are its pieces.
   */
  static Profile of(DoubleUnaryOperator f, double jump, double low) {
    return (lo, hi) -> {
      double first = Math.ceil(lo - jump) + jump;
      double last = Math.floor(hi - jump) + jump;
      if (lo == hi || first > last) {
        return List.of(level(lo, hi, f.applyAsDouble(lo)));
      }
      List<CurvePiece> pieces = new ArrayList<>();
      pieces.add(level(lo, lo, f.applyAsDouble(lo)));
      if (Math.max(-lo, hi) < WHOLE) {
        between(pieces, Math.min(lo, first), first, first + low);
        steps(pieces, first, last, low);
        between(pieces, last, Math.max(last, hi), last + low + 1);
      } else {
        lines(pieces, lo, hi, low);
      }
      pieces.add(level(hi, hi, f.applyAsDouble(hi)));
      return pieces;
    };
  }

  private static void between(List<CurvePiece> pieces, double lo, double hi, double level) {
    if (lo < hi) {
      pieces.add(level(lo, hi, level));
    }
  }

  private static void steps(List<CurvePiece> pieces, double first, double last, double low) {
    if (last - first > MOST) { // levels at both ends, so that the range is exact
      between(pieces, first, first + 1, first + low + 1);
      lines(pieces, first + 1, last - 1, low);
      between(pieces, last - 1, last, last + low);
      return;
    }
    for (double from = first; from < last; from++) {
      pieces.add(level(from, from + 1, from + low + 1));
    }
  }

  private static void lines(List<CurvePiece> pieces, double lo, double hi, double low) {
    for (double offset : new double[] {low, low + 1}) {
      WeightedPolynomial line = WeightedPolynomial.line(1, offset);
      pieces.add(new CurvePiece(lo, hi, Profile.Curve.LINE, line));
    }
  }
}
