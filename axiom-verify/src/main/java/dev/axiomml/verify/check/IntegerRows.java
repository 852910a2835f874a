package dev.axiomml.verify.check;

import dev.axiomml.core.exact.Dyadic;

/**
 * Weights on the elements of one value, several rows of them.
 *
 * @param blocks one row each
 * @param doubts how far each weight of a row may be from the one that is meant
 */
record IntegerRows(ScaledIntegers[] blocks, Dyadic[] doubts) {
  /** A row that is rounded from products of an exponent, with more doubt. */
  static void put(IntegerRows to, int row, WideSums sums, int exponent) {
    int excess = sums.excess();
    to.blocks[row] = new ScaledIntegers(sums.without(excess), exponent + excess);
    to.doubts[row] = excess == 0 ? Dyadic.ZERO : Dyadic.of(1, exponent + excess);
  }

  static IntegerRows empty(int rows) {
    return new IntegerRows(new ScaledIntegers[rows], new Dyadic[rows]);
  }

  static IntegerRows of(Dyadic[][] weights) {
    IntegerRows rows = empty(weights.length);
    for (int r = 0; r < weights.length; r++) {
      int exponent = ScaledIntegers.exponentFor(weights[r]);
      rows.blocks[r] = ScaledIntegers.floor(weights[r], exponent);
      rows.doubts[r] = isExact(rows.blocks[r], weights[r]) ? Dyadic.ZERO : Dyadic.of(1, exponent);
    }
    return rows;
  }

  private static boolean isExact(ScaledIntegers block, Dyadic[] meant) {
    for (int i = 0; i < meant.length; i++) {
      if (meant[i].compareTo(block.at(i)) != 0) {
        return false;
      }
    }
    return true;
  }

  int count() {
    return blocks.length;
  }

  boolean isZero(int row) {
    for (long weight : blocks[row].mantissas()) {
      if (weight != 0) {
        return false;
      }
    }
    return doubts[row].sign() == 0;
  }

  IntegerRows plus(IntegerRows other) {
    IntegerRows sum = empty(count());
    for (int r = 0; r < count(); r++) {
      if (isZero(r) || other.isZero(r)) {
        IntegerRows kept = isZero(r) ? other : this;
        sum.blocks[r] = kept.blocks[r];
        sum.doubts[r] = kept.doubts[r];
        continue;
      }
      int exponent = Math.max(blocks[r].exponent(), other.blocks[r].exponent()) + 1;
      long[] mine = halved(blocks[r], exponent);
      long[] theirs = halved(other.blocks[r], exponent);
      for (int i = 0; i < mine.length; i++) {
        mine[i] += theirs[i];
      }
      sum.blocks[r] = new ScaledIntegers(mine, exponent);
      sum.doubts[r] = doubts[r].plus(other.doubts[r]).plus(Dyadic.of(2, exponent));
    }
    return sum;
  }

  private static long[] halved(ScaledIntegers block, int exponent) {
    int shift = Math.min(63, exponent - block.exponent());
    long[] rounded = new long[block.mantissas().length];
    java.util.Arrays.setAll(rounded, i -> block.mantissas()[i] >> shift);
    return rounded;
  }
}
