package dev.axiomml.verify.check.integer;

import dev.axiomml.core.exact.Dyadic;
import java.util.Arrays;

/**
 * Weights on the elements of one value, a column for each of several sums.
 *
 * @param weights for each element its weights, one a column; null where all are exactly zero
 * @param exponents of two, one a column
 * @param doubts by how many units a weight that is meant may be above the one of its column, on
 *     elements that have any; never below
 */
public record IntegerRows(long[][] weights, int[] exponents, long[] doubts) {
  /** How many numbers of 54 bits are summed in one of 64. */
  private static final int MANY = 1 << 8;

  /** Sums that are rounded down, of products of these exponents. */
  public static IntegerRows of(WidePanel sums, int[] exponents) {
    int[] excess = sums.excess();
    int[] shifted = new int[exponents.length];
    long[] doubts = new long[exponents.length];
    for (int c = 0; c < shifted.length; c++) {
      shifted[c] = exponents[c] + excess[c];
      doubts[c] = excess[c] == 0 ? 0 : 1;
    }
    return new IntegerRows(sums.without(excess), shifted, doubts);
  }

  /** Adds the least that the weights in doubt may add where elements are in a range. */
  void addDoubt(IntegerRange range, FloorSums to) {
    FloorSums total = new FloorSums(1);
    long part = 0;
    for (int i = 0; i < weights.length; i++) {
      part += weights[i] == null ? 0 : Math.min(0, range.lows()[i]);
      if (i % MANY == MANY - 1 || i == weights.length - 1) {
        total.add(0, part, range.exponent());
        part = 0;
      }
    }
    for (int c = 0; c < doubts.length; c++) {
      to.add(c, doubts[c], total.mantissa(0), exponents[c] + total.exponent(0));
    }
  }

  /** Given weights, a list of them for each column, in so many bits. */
  public static IntegerRows of(Dyadic[][] columns, int bits) {
    IntegerRows rows = zeros(columns[0].length, columns.length);
    for (int c = 0; c < columns.length; c++) {
      int exponent = ScaledIntegers.exponentFor(columns[c], bits);
      ScaledIntegers column = ScaledIntegers.floor(columns[c], exponent);
      rows.exponents[c] = exponent;
      for (int i = 0; i < columns[c].length; i++) {
        rows.put(i, c, column.mantissas()[i], columns[c][i].sign() != 0);
        boolean exact = columns[c][i].compareTo(column.at(i)) == 0;
        rows.doubts[c] = exact ? rows.doubts[c] : 1;
      }
    }
    return rows;
  }

  /**
   * The weight one on an element, in the next column minus one, for each of some elements; fine
   * enough to be halved often.
   */
  static IntegerRows units(int size, int[] elements, int bits) {
    IntegerRows rows = zeros(size, 2 * elements.length);
    int fine = bits - 1;
    Arrays.fill(rows.exponents, -fine);
    for (int i = 0; i < elements.length; i++) {
      rows.put(elements[i], 2 * i, 1L << fine, true);
      rows.put(elements[i], 2 * i + 1, -1L << fine, true);
    }
    return rows;
  }

  private static IntegerRows zeros(int size, int columns) {
    return new IntegerRows(new long[size][], new int[columns], new long[columns]);
  }

  private void put(int element, int column, long weight, boolean used) {
    if (used) {
      weights[element] = weights[element] == null ? new long[count()] : weights[element];
      weights[element][column] = weight;
    }
  }

  /** How many columns. */
  int count() {
    return exponents.length;
  }

  /** Which columns have a weight, or one in doubt. */
  boolean[] used() {
    long[] bits = new long[count()];
    for (long[] row : weights) {
      for (int c = 0; row != null && c < bits.length; c++) {
        bits[c] |= row[c];
      }
    }
    boolean[] used = new boolean[bits.length];
    for (int c = 0; c < used.length; c++) {
      used[c] = bits[c] != 0 || doubts[c] > 0;
    }
    return used;
  }

  /** One column. */
  ScaledIntegers column(int column) {
    long[] mantissas = new long[weights.length];
    Arrays.setAll(mantissas, i -> weights[i] == null ? 0 : weights[i][column]);
    return new ScaledIntegers(mantissas, exponents[column]);
  }

  /** Adds for each column the least of the weighted sum of a range's elements. */
  void addLeast(IntegerRange range, FloorSums to) {
    int many = WideSums.terms(range.bits());
    for (int from = 0; from < weights.length; from += many) {
      WideSums sums = least(range, from, Math.min(weights.length, from + many));
      for (int c = 0; c < exponents.length; c++) {
        sums.addTo(to, c, exponents[c] + range.exponent());
      }
    }
  }

  private WideSums least(IntegerRange range, int from, int until) {
    WideSums sums = new WideSums(count(), range.bits());
    for (int i = from; i < until; i++) {
      if (weights[i] != null) {
        sums.addLeast(weights[i], range.lows()[i], range.highs()[i]);
      }
    }
    return sums;
  }

  IntegerRows plus(IntegerRows other) {
    IntegerRows sum = zeros(weights.length, count());
    int[] mine = new int[count()];
    int[] theirs = new int[count()];
    boolean[] used = used();
    boolean[] also = other.used();
    for (int c = 0; c < count(); c++) {
      boolean both = used[c] && also[c];
      int exponent =
          both
              ? Math.max(exponents[c], other.exponents[c]) + 1
              : (used[c] ? this : other).exponents[c];
      sum.exponents[c] = exponent;
      mine[c] = both ? Math.min(63, exponent - exponents[c]) : 0;
      theirs[c] = both ? Math.min(63, exponent - other.exponents[c]) : 0;
      sum.doubts[c] =
          both
              ? halved(doubts[c]) + halved(other.doubts[c]) + 2
              : (used[c] ? this : other).doubts[c];
    }
    for (int i = 0; i < weights.length; i++) {
      sum.add(i, weights[i], mine);
      sum.add(i, other.weights[i], theirs);
    }
    return sum;
  }

  /** In units at least twice as large, rounded up. */
  private static long halved(long doubt) {
    return (doubt + 1) / 2;
  }

  private void add(int element, long[] row, int[] shifts) {
    if (row == null) {
      return;
    }
    long[] to = weights[element] == null ? new long[row.length] : weights[element];
    weights[element] = to;
    for (int c = 0; c < row.length; c++) {
      to[c] += row[c] >> shifts[c];
    }
  }
}
