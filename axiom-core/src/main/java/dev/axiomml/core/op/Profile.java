package dev.axiomml.core.op;

import java.util.Arrays;
import java.util.List;

/**
 * How a function of one number bends: cut points, and the curve between them.
 *
 * <p>The function is continuous on its domain; outside the domain nothing is claimed.
 *
 * @param low lower end of the domain, possibly −∞
 * @param high upper end of the domain, possibly ∞
 * @param cuts where the curve changes, rising
 * @param pieces the curves, one more than the cuts
 */
public record Profile(double low, double high, List<Double> cuts, List<Curve> pieces) {
  /** What a piece is. */
  public enum Curve {
    /** Straight. */
    LINE,
    /** Its slope never falls. */
    CONVEX,
    /** Its slope never rises. */
    CONCAVE
  }

  /** Checks that cuts rise and that there is one more piece than cuts. */
  public Profile {
    cuts = List.copyOf(cuts);
    pieces = List.copyOf(pieces);
    if (pieces.size() != cuts.size() + 1) {
      throw new IllegalArgumentException(
          cuts.size() + " cuts make " + (cuts.size() + 1) + " pieces, got " + pieces.size());
    }
    for (int i = 1; i < cuts.size(); i++) {
      if (!(cuts.get(i - 1) < cuts.get(i))) {
        throw new IllegalArgumentException("cuts must rise: " + cuts);
      }
    }
  }

  /** Cut points, for {@link #of}. */
  public static List<Double> at(double... cuts) {
    return Arrays.stream(cuts).boxed().toList();
  }

  /** A function on all numbers. */
  public static Profile of(List<Double> cuts, Curve... pieces) {
    return new Profile(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, cuts, List.of(pieces));
  }

  /** The same curve, defined between two ends only. */
  public Profile within(double from, double to) {
    return new Profile(from, to, cuts, pieces);
  }

  /** Whether all pieces are straight. */
  public boolean isPiecewiseLinear() {
    return pieces.stream().allMatch(piece -> piece == Curve.LINE);
  }
}
