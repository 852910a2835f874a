package dev.axiomml.testing;

import dev.axiomml.core.op.CurvePiece;
import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;
import java.util.TreeSet;

/** Where the pieces of functions of one number meet, as their profiles say on some intervals. */
public final class ScalarCuts {
  private static final double END = Double.POSITIVE_INFINITY;
  private static final double[][] INTERVALS = {
    {-END, END},
    {0, END},
    {1, END},
    {-1, END},
    {-1, 1},
    {-1.5, 1.5},
    {-7, 7},
    {Float.MIN_VALUE, END}
  };

  private ScalarCuts() {}

  /** The finite ends of pieces that are no ends of the interval asked for. */
  public static double[] of(ScalarOp op) {
    TreeSet<Double> cuts = new TreeSet<>();
    Profile profile = op.profile();
    for (double[] interval : INTERVALS) {
      for (CurvePiece piece : profile.pieces(interval[0], interval[1])) {
        if (piece.lo() > interval[0]) {
          cuts.add(piece.lo() + 0.0);
        }
      }
    }
    return cuts.stream().mapToDouble(cut -> cut).filter(Double::isFinite).toArray();
  }
}
