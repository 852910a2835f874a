package dev.axiomml.verify.check.integer;

import dev.axiomml.core.exact.Dyadic;
import java.math.BigInteger;

/**
 * Sums of products of two 55-bit numbers, 128 bits each; no more than 2¹⁸ products may go into one.
 */
public final class WideSums {
  /** How many products one sum can take. */
  static final int TERMS = 1 << 18;

  private static final BigInteger LOW = BigInteger.ONE.shiftLeft(64);
  private final long[] high;
  private final long[] low;

  WideSums(int size) {
    high = new long[size];
    low = new long[size];
  }

  int size() {
    return high.length;
  }

  /** Three lists of sums. */
  static WideSums[] three(int size) {
    return new WideSums[] {new WideSums(size), new WideSums(size), new WideSums(size)};
  }

  void add(int i, long a, long b) {
    long product = a * b;
    long sum = low[i] + product;
    high[i] += Math.multiplyHigh(a, b) + carry(low[i], product, sum);
    low[i] = sum;
  }

  /** What a sum of two unsigned numbers carries over; no branch, since none could be foreseen. */
  static long carry(long a, long b, long sum) {
    return ((a & b) | ((a | b) & ~sum)) >>> 63;
  }

  /** Adds to each sum a weight of its own times the end of an interval that makes it least. */
  void addLeast(long[] weights, long from, long to) {
    for (int c = 0; c < weights.length; c++) {
      add(c, weights[c], from ^ ((from ^ to) & (weights[c] >> 63)));
    }
  }

  /** Adds the least product of two numbers that lie between given ends: low, high, low, high. */
  void addLeast(int i, long[] ends) {
    long[] best = {ends[0], ends[2]};
    for (int corner = 1; corner < 4; corner++) {
      long a = ends[corner & 1];
      long b = ends[2 + (corner >> 1)];
      best = below(a, b, best) ? new long[] {a, b} : best;
    }
    add(i, best[0], best[1]);
  }

  private static boolean below(long a, long b, long[] other) {
    long high = Math.multiplyHigh(a, b);
    long otherHigh = Math.multiplyHigh(other[0], other[1]);
    return high < otherHigh
        || (high == otherHigh && Long.compareUnsigned(a * b, other[0] * other[1]) < 0);
  }

  /** Adds a sum to another, the products having this exponent. */
  void addTo(FloorSums sums, int i, int exponent) {
    sums.addWide(i, high[i], low[i], exponent);
  }

  /** A sum as a number, the products having this exponent. */
  Dyadic at(int i, int exponent) {
    BigInteger below = BigInteger.valueOf(low[i]);
    BigInteger unsigned = low[i] < 0 ? below.add(LOW) : below;
    return new Dyadic(BigInteger.valueOf(high[i]).shiftLeft(64).add(unsigned), exponent);
  }

  /** How many of the lowest bits must go of magnitudes that have these, so that some are left. */
  static int excess(long tops, long bottoms, int bits) {
    int needed =
        tops != 0 ? 128 - Long.numberOfLeadingZeros(tops) : 64 - Long.numberOfLeadingZeros(bottoms);
    return Math.max(0, needed - bits);
  }

  /** A sum without its lowest bits, rounded down. */
  static long without(long high, long low, int bits) {
    return bits == 0 ? low : bits < 64 ? high << (64 - bits) | low >>> bits : high >> (bits - 64);
  }
}
