package dev.axiomml.verify.check;

import dev.axiomml.core.exact.Dyadic;
import dev.axiomml.core.op.CurvePiece;
import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * One piece of a function, known by its curve's values at points from one end to the other.
 *
 * <p>Between two points a line or an arch (seen from the side that is asked for) lies on or above
 * their chord's ends; a bowl lies above the chords of the neighbouring points, drawn further.
 */
final class IntegerArc {
  private static final int POINTS = 48;
  private static final int GRID = -60;
  private final Profile.Curve form;
  private final double[] at;
  private final Dyadic[] low;
  private final Dyadic[] high;

  private IntegerArc(CurvePiece piece, double[] at) {
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

  /** The points of a piece. @throws ArithmeticException where the curve is not finite */
  static IntegerArc of(CurvePiece piece) {
    double a = piece.lo();
    double b = piece.hi();
    int gaps = a == b ? 0 : piece.form() == Profile.Curve.LINE ? 1 : POINTS;
    DoubleStream between =
        IntStream.range(1, Math.max(1, gaps))
            .mapToDouble(i -> Math.min(b, a + (b - a) * (i / (double) gaps)));
    DoubleStream ends = gaps == 0 ? DoubleStream.of(a) : DoubleStream.of(a, b);
    return new IntegerArc(piece, DoubleStream.concat(between, ends).sorted().distinct().toArray());
  }

  /** Each point with a value near the curve's. */
  double[][] points() {
    return IntStream.range(0, at.length)
        .mapToObj(i -> new double[] {at[i], low[i].floorDouble()})
        .toArray(double[][]::new);
  }

  /** A number that {@code f(x) − k·x} never falls below. */
  Dyadic least(Dyadic k) {
    return least(less(k, low, false), less(k, high, false), Profile.Curve.CONVEX);
  }

  /** A number that {@code f(x) − k·x} never exceeds. */
  Dyadic most(Dyadic k) {
    return least(less(k, high, true), less(k, low, true), Profile.Curve.CONCAVE).negate();
  }

  private Dyadic[] less(Dyadic k, Dyadic[] y, boolean negated) {
    Dyadic[] g = new Dyadic[at.length];
    for (int i = 0; i < g.length; i++) {
      Dyadic difference = y[i].minus(k.times(Dyadic.of(at[i])));
      g[i] = negated ? difference.negate() : difference;
    }
    return g;
  }

  private Dyadic least(Dyadic[] floor, Dyadic[] ceiling, Profile.Curve bowl) {
    Dyadic least = floor[0];
    for (int i = 1; i < floor.length; i++) {
      least = least.min(floor[i]);
    }
    for (int i = 0; i + 1 < floor.length && form == bowl; i++) {
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
