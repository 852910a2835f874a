package dev.axiomml.verify.check.integer;

/**
 * Sums as {@link WideSums} has them, a row of several for each element; a row that nothing is added
 * to takes no room.
 */
public final class WidePanel {
  private final int columns;
  private final long[][] high;
  private final long[][] low;

  WidePanel(int size, int columns) {
    this.columns = columns;
    this.high = new long[size][];
    this.low = new long[size][];
  }

  private void reach(int element) {
    if (high[element] == null) {
      high[element] = new long[columns];
      low[element] = new long[columns];
    }
  }

  /** Adds a multiple of a row. */
  void add(int element, long[] row, long factor) {
    reach(element);
    long[] top = high[element];
    long[] bottom = low[element];
    for (int c = 0; c < row.length; c++) {
      long product = row[c] * factor;
      long sum = bottom[c] + product;
      top[c] += Math.multiplyHigh(row[c], factor) + WideSums.carry(bottom[c], product, sum);
      bottom[c] = sum;
    }
  }

  /** Adds a row whose weights are multiplied by one factor, and by another where negative. */
  void add(int element, long[] row, long factor, long negative) {
    reach(element);
    long[] top = high[element];
    long[] bottom = low[element];
    for (int c = 0; c < row.length; c++) {
      long a = row[c];
      long b = factor ^ ((factor ^ negative) & (a >> 63));
      long product = a * b;
      long sum = bottom[c] + product;
      top[c] += Math.multiplyHigh(a, b) + WideSums.carry(bottom[c], product, sum);
      bottom[c] = sum;
    }
  }

  /** Adds a row as it is. */
  void add(int element, long[] row) {
    reach(element);
    long[] top = high[element];
    long[] bottom = low[element];
    for (int c = 0; c < row.length; c++) {
      long sum = bottom[c] + row[c];
      top[c] += (row[c] >> 63) + WideSums.carry(bottom[c], row[c], sum);
      bottom[c] = sum;
    }
  }

  /** How many of a column's lowest bits must go so that it fits {@link IntegerRows}. */
  int[] excess() {
    long[] tops = new long[columns];
    long[] bottoms = new long[columns];
    for (int i = 0; i < high.length; i++) {
      for (int c = 0; high[i] != null && c < columns; c++) {
        long sign = high[i][c] >> 63;
        tops[c] |= high[i][c] ^ sign;
        bottoms[c] |= low[i][c] ^ sign;
      }
    }
    int[] excess = new int[columns];
    for (int c = 0; c < columns; c++) {
      excess[c] = WideSums.excess(tops[c], bottoms[c], ScaledIntegers.BITS);
    }
    return excess;
  }

  /** All sums without their lowest bits, rounded down; they are used up by this. */
  long[][] without(int[] bits) {
    for (int i = 0; i < high.length; i++) {
      for (int c = 0; high[i] != null && c < columns; c++) {
        low[i][c] = WideSums.without(high[i][c], low[i][c], bits[c]);
      }
    }
    return low;
  }
}
