package dev.axiomml.verify.check.integer;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * Sums as {@link WideSums} has them, a row of several for each element; a row that nothing is added
 * to takes no room.
 */
public final class WidePanel {
  private static final BigInteger MOST_SHORT = BigInteger.ONE.shiftLeft(60);
  private static final BigInteger MOST_LONG = BigInteger.ONE.shiftLeft(120);

  private final int columns;
  private final int bits;
  private final boolean isShort;
  private final long[][] high;
  private final long[][] low;

  WidePanel(int size, int columns, int bits) {
    this.columns = columns;
    this.bits = bits;
    this.isShort = WideSums.isShort(bits);
    this.high = new long[isShort ? 0 : size][];
    this.low = new long[size][];
  }

  /** Makes room for an element; answers whether its sums are short. */
  private boolean reach(int element) {
    if (low[element] == null) {
      low[element] = new long[columns];
      if (!isShort) {
        high[element] = new long[columns];
      }
    }
    return isShort;
  }

  /** Adds a multiple of a row. */
  void add(int element, long[] row, long factor) {
    if (factor == 0) {
      return;
    }
    if (reach(element)) {
      addShort(low[element], row, factor);
      return;
    }
    long[] top = high[element];
    long[] bottom = low[element];
    for (int c = 0; c < row.length; c++) {
      long product = row[c] * factor;
      long sum = bottom[c] + product;
      top[c] += Math.multiplyHigh(row[c], factor) + WideSums.carry(bottom[c], product, sum);
      bottom[c] = sum;
    }
  }

  /** Adds multiples of two rows, which is hardly slower than of one. */
  void add(int element, long[] row, long factor, long[] other, long otherFactor) {
    if (isShort && reach(element)) {
      addShort(low[element], row, factor, other, otherFactor);
    } else {
      add(element, row, factor);
      add(element, other, otherFactor);
    }
  }

  private static void addShort(long[] sums, long[] row, long factor, long[] other, long second) {
    for (int c = 0; c < sums.length; c++) {
      sums[c] += row[c] * factor + other[c] * second;
    }
  }

  private static void addShort(long[] sums, long[] row, long factor) {
    for (int c = 0; c < sums.length; c++) {
      sums[c] += row[c] * factor;
    }
  }

  /** Adds a row whose weights are multiplied by one factor, and by another where negative. */
  void add(int element, long[] row, long factor, long negative) {
    if (reach(element)) {
      addShort(low[element], row, factor, negative);
      return;
    }
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

  /** Adds a number to one sum; one that is too large for it is cut to what is not. */
  void add(int element, int column, BigInteger number) {
    BigInteger most = isShort ? MOST_SHORT : MOST_LONG;
    BigInteger fitting = number.min(most).max(most.negate());
    long product = fitting.longValue();
    reach(element);
    long sum = low[element][column] + product;
    if (!isShort) {
      long carry = WideSums.carry(low[element][column], product, sum);
      high[element][column] += fitting.shiftRight(64).longValue() + carry;
    }
    low[element][column] = sum;
  }

  private static void addShort(long[] sums, long[] row, long factor, long negative) {
    for (int c = 0; c < sums.length; c++) {
      sums[c] += row[c] * (factor ^ ((factor ^ negative) & (row[c] >> 63)));
    }
  }

  /** How many of a column's lowest bits must go so that it fits {@link IntegerRows}. */
  int[] excess() {
    long[] tops = new long[columns];
    long[] bottoms = new long[columns];
    for (int i = 0; i < low.length; i++) {
      if (low[i] != null && isShort) {
        gather(low[i], bottoms);
      } else if (low[i] != null) {
        gather(high[i], low[i], tops, bottoms);
      }
    }
    int[] excess = new int[columns];
    Arrays.setAll(excess, c -> WideSums.excess(tops[c], bottoms[c], bits));
    return excess;
  }

  private static void gather(long[] low, long[] bottoms) {
    for (int c = 0; c < low.length; c++) {
      bottoms[c] |= low[c] ^ (low[c] >> 63);
    }
  }

  private static void gather(long[] high, long[] low, long[] tops, long[] bottoms) {
    for (int c = 0; c < high.length; c++) {
      long sign = high[c] >> 63;
      tops[c] |= high[c] ^ sign;
      bottoms[c] |= low[c] ^ sign;
    }
  }

  /** All sums without their lowest bits, rounded down; they are used up by this. */
  long[][] without(int[] excess) {
    for (int i = 0; i < low.length; i++) {
      if (low[i] != null && isShort) {
        shorten(low[i], excess);
      } else if (low[i] != null) {
        shorten(high[i], low[i], excess);
      }
    }
    return low;
  }

  private static void shorten(long[] low, int[] excess) {
    for (int c = 0; c < low.length; c++) {
      low[c] >>= excess[c];
    }
  }

  private static void shorten(long[] high, long[] low, int[] excess) {
    for (int c = 0; c < low.length; c++) {
      low[c] = WideSums.without(high[c], low[c], excess[c]);
    }
  }
}
