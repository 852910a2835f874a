package dev.axiomml.verify.bound;

/**
 * Lines below and above a function over the columns of a panel, and which elements need none.
 *
 * @param zeros elements that are zero on all lanes, whatever their argument is
 * @param passes elements whose lines have slope one on all lanes
 */
record LineRows(
    LaneRows lowSlope,
    LaneRows low,
    LaneRows highSlope,
    LaneRows high,
    boolean[] zeros,
    boolean[] passes) {
  static LineRows of(BoundingLines lines, int lanes) {
    int size = lines.low().length / lanes;
    LineRows rows =
        new LineRows(
            new LaneRows(lines.lowSlope(), lanes),
            new LaneRows(lines.low(), lanes),
            new LaneRows(lines.highSlope(), lanes),
            new LaneRows(lines.high(), lanes),
            new boolean[size],
            new boolean[size]);
    for (int i = 0; i < size; i++) {
      rows.passes[i] = rows.isLine(i, 1);
      rows.zeros[i] = rows.isLine(i, 0) && rows.low.is(i, 0) && rows.high.is(i, 0);
    }
    return rows;
  }

  private boolean isLine(int element, double slope) {
    return lowSlope.is(element, slope) && highSlope.is(element, slope);
  }

  boolean isFinite(int element) {
    return low.isFinite(element) && high.isFinite(element);
  }
}
