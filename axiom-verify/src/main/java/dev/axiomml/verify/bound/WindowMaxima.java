package dev.axiomml.verify.bound;

import dev.axiomml.core.ir.Node;
import dev.axiomml.core.op.Box;
import dev.axiomml.core.op.WindowOp;
import java.util.Arrays;

/**
 * For each window and lane the element with the largest lower end, as {@link LaneBoxes} counts
 * elements.
 *
 * @param best that element; the lane's first where nothing is known
 * @param alone whether no other element can be larger
 * @param top the largest upper end; ∞ where the window is empty or an element unknown
 */
record WindowMaxima(int[] best, boolean[] alone, double[] top) {
  static WindowMaxima of(Node at, Box x, int lanes) {
    int size = at.out().get(0).type().shape().count() * lanes;
    WindowMaxima winners = new WindowMaxima(new int[size], new boolean[size], new double[size]);
    Arrays.fill(winners.top, Double.POSITIVE_INFINITY);
    ((WindowOp) at.op())
        .windows(
            at.in().get(0).type().shape(),
            (out, members, count) -> {
              for (int l = 0; l < lanes; l++) {
                winners.find(x, out * lanes + l, LaneBoxes.elements(members, count, l, lanes));
              }
            });
    return winners;
  }

  private void find(Box x, int out, int[] members) {
    boolean known = members.length > 0;
    double most = Double.NEGATIVE_INFINITY;
    int winner = members.length > 0 ? members[0] : 0;
    for (int member : members) {
      known &= IntervalReading.finite(x, member);
      winner = x.lo()[member] > x.lo()[winner] ? member : winner;
      most = Math.max(most, x.hi()[member]);
    }
    double rest = Double.NEGATIVE_INFINITY;
    for (int member : members) {
      rest = member == winner ? rest : Math.max(rest, x.hi()[member]);
    }
    best[out] = winner;
    alone[out] = known && x.lo()[winner] >= rest;
    top[out] = known ? most : Double.POSITIVE_INFINITY;
  }

  /** Whether the window, with a factor, is bounded by its winner. */
  boolean passes(int out, double factor) {
    return top[out] < Double.POSITIVE_INFINITY && (factor > 0 || (factor < 0 && alone[out]));
  }

  /** What bounds the window, with a factor, apart from its winner. */
  double constant(int out, double factor) {
    if (factor == 0 || passes(out, factor)) {
      return 0;
    }
    return factor > 0 ? Double.NEGATIVE_INFINITY : factor * top[out];
  }
}
