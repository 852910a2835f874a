package dev.axiomml.verify.bound;

import dev.axiomml.core.op.Box;

/**
 * The ends of boxes over the columns of a panel.
 *
 * @param low lower ends, moved down by what our own sums of them may lose
 * @param high upper ends, moved up likewise
 */
record RangeRows(LaneRows low, LaneRows high) {
  static RangeRows of(Box box, double own, int lanes) {
    double[] low = box.lo().clone();
    double[] high = box.hi().clone();
    for (int i = 0; i < low.length; i++) {
      low[i] -= own * Math.abs(low[i]);
      high[i] += own * Math.abs(high[i]);
    }
    return new RangeRows(new LaneRows(low, lanes), new LaneRows(high, lanes));
  }

  boolean isFinite(int element) {
    return low.isFinite(element) && high.isFinite(element);
  }
}
