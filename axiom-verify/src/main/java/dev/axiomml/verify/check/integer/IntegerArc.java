package dev.axiomml.verify.check.integer;

import dev.axiomml.core.exact.Dyadic;
import dev.axiomml.core.op.CurvePiece;
import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;
import java.util.Arrays;

/**
 * One piece of a function, known by its curve's values at points from one end to the other.
 *
 * <p>Between two points a line or an arch (seen from the side that is asked for) lies on or above
 * their chord's ends; a bowl lies above the chords of the neighbouring points, drawn further.
 */
final class IntegerArc {
  private static final int GRID = -60;
  private final Profile.Curve form;
  private final double[] at;
  private final Dyadic[] low;
  private final Dyadic[] high;

  /**
   * @param at places on the piece, rising, its ends among them
   * @throws ArithmeticException where the curve is not finite
   */
  IntegerArc(CurvePiece piece, double[] at) {
    ScalarOp f = piece.curve();
    this.form = piece.form();
    this.at = at;
    this.low = new Dyadic[at.length];
    this.high = new Dyadic[at.length];
    Dyadic relative = Dyadic.of(f.accuracy().error());
    Dyadic slack = Dyadic.of(f.accuracy().slack());
    for (int i = 0; i < at.length; i++) {
      Dyadic y = Dyadic.of(f.value(at[i]));
      Dyadic doubt =
          f.accuracy().error() == 0
              ? Dyadic.ZERO
              : y.abs().times(relative).plus(Dyadic.of(1, -1022));
      low[i] = y.minus(doubt).minus(slack);
      high[i] = y.plus(doubt).plus(slack);
    }
  }

  /** A number that {@code f(x) − k·x} never falls below. */
  Dyadic least(Dyadic k) {
    return form == Profile.Curve.CONVEX
        ? bowl(less(k, low, false), less(k, high, false))
        : least(k, low, false);
  }

  /** A number that {@code f(x) − k·x} never exceeds. */
  Dyadic most(Dyadic k) {
    return form == Profile.Curve.CONCAVE
        ? bowl(less(k, high, true), less(k, low, true)).negate()
        : least(k, high, true).negate();
  }

  /** Over a line or an arch: the lower one of the ends. */
  private Dyadic least(Dyadic k, Dyadic[] y, boolean negated) {
    return less(k, y, negated, 0).min(less(k, y, negated, at.length - 1));
  }

  private Dyadic[] less(Dyadic k, Dyadic[] y, boolean negated) {
    Dyadic[] g = new Dyadic[at.length];
    Arrays.setAll(g, i -> less(k, y, negated, i));
    return g;
  }

  private Dyadic less(Dyadic k, Dyadic[] y, boolean negated, int i) {
    Dyadic difference = y[i].minus(k.times(Dyadic.of(at[i])));
    return negated ? difference.negate() : difference;
  }

  private Dyadic bowl(Dyadic[] floor, Dyadic[] ceiling) {
    Dyadic least = floor[0];
    for (int i = 1; i < floor.length; i++) {
      least = least.min(floor[i]);
    }
    for (int i = 0; i + 1 < floor.length; i++) {
      least = least.min(valley(floor, ceiling, i));
    }
    return least;
  }

  /** The least of a bowl between points i and i + 1. */
  private Dyadic valley(Dyadic[] floor, Dyadic[] ceiling, int i) {
    boolean after = i + 2 < at.length;
    if (i == 0 && !after) {
      throw new ArithmeticException("a bend between two neighbouring numbers");
    }
    if (i == 0) {
      return fromRight(floor, ceiling, i);
    }
    Dyadic left = floor[i].min(extended(floor[i], ceiling[i - 1], ratio(i, i - 1)));
    return after ? left.max(fromRight(floor, ceiling, i)) : left;
  }

  private Dyadic fromRight(Dyadic[] floor, Dyadic[] ceiling, int i) {
    return floor[i + 1].min(extended(floor[i + 1], ceiling[i + 2], ratio(i, i + 1)));
  }

  /** The line through a far and a near point, drawn on by a share of their distance. */
  private static Dyadic extended(Dyadic near, Dyadic far, Dyadic[] share) {
    Dyadic step = near.minus(far);
    return near.plus(step.times(share[0])).min(near.plus(step.times(share[1])));
  }

  /** Two numbers around the quotient of the lengths of two gaps. */
  private Dyadic[] ratio(int gap, int other) {
    Dyadic quotient = length(gap).over(length(other), GRID);
    return new Dyadic[] {quotient, quotient.plus(Dyadic.of(1, GRID))};
  }

  private Dyadic length(int gap) {
    return Dyadic.of(at[gap + 1]).minus(Dyadic.of(at[gap]));
  }
}
