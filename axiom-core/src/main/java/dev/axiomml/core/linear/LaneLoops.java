package dev.axiomml.core.linear;

/** The arrays of a run and the inner loops of their element type; used by one thread. */
interface LaneLoops {
  /** Makes room for rows of a factor: {@code count} of {@code width} lanes, a step apart. */
  void begin(PackedRun run, int count, int width);

  /** Fills a row from an element on, unless it is filled. */
  void pack(int row, int from);

  /**
   * Adds rows times numbers of the other factor to a line of the output, products {@code from} to
   * {@code to} of each sum.
   */
  void accumulate(int out, int row, int number, int from, int to);

  /** How many rows the first cache of a processor holds. */
  int cached();

  /** Adds the products of a block. */
  void block(LineBlock block, int out, int first, int second);
}
