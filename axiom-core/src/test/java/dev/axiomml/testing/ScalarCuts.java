package dev.axiomml.testing;

import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;
import java.util.Arrays;
import java.util.stream.DoubleStream;

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
    Profile profile = op.profile();
    return Arrays.stream(INTERVALS)
        .flatMapToDouble(interval -> inside(profile, interval[0], interval[1]))
        .filter(Double::isFinite)
        .sorted()
        .distinct()
        .toArray();
  }

  private static DoubleStream inside(Profile profile, double lo, double hi) {
    return profile.pieces(lo, hi).stream()
        .mapToDouble(piece -> piece.lo() + 0.0)
        .filter(cut -> cut > lo);
  }
}
