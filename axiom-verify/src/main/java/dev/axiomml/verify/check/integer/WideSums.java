package dev.axiomml.verify.check.integer;

import dev.axiomml.core.exact.Dyadic;
import java.math.BigInteger;

/**
 * Sums of products of two numbers of so many bits: of 128 bits, or of 64 where no more than {@link
 * #terms} products can fill them.
 */
public final class WideSums {
  /** How many products one sum can take. */
  static final int TERMS = 1 << 18;

  private static final BigInteger LOW = BigInteger.ONE.shiftLeft(64);

  /** The bits of a sum of 64, but for its sign and one to spare. */
  private static final int SHORT = 61;

  private final boolean isShort;
  private final long[] high;
  private final long[] low;

  WideSums(int size, int bits) {
    isShort = isShort(bits);
    high = new long[isShort ? 0 : size];
    low = new long[size];
  }

  /** Whether 64 bits are enough for sums of factors of so many bits. */
  static boolean isShort(int bits) {
    return 2 * bits < SHORT;
  }

  /** How many products of factors of so many bits one sum can take. */
  static int terms(int bits) {
    return isShort(bits) ? 1 << Math.min(18, SHORT - 2 * bits) : TERMS;
  }

  /** The most bits of factors of which so many products fit one sum of 64 bits. */
  static int bitsFor(int terms) {
    return (SHORT - FloorSums.bits(terms)) / 2;
  }

  int size() {
    return low.length;
  }

  /** Three lists of sums. */
  static WideSums[] three(int size, int bits) {
    return new WideSums[] {
      new WideSums(size, bits), new WideSums(size, bits), new WideSums(size, bits)
    };
  }

  void add(int i, long a, long b) {
    if (isShort) {
      low[i] += a * b;
      return;
    }
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
    if ((from | to) == 0) {
      return;
    }
    if (isShort) {
      addLeast(low, weights, from, to);
      return;
    }
    for (int c = 0; c < weights.length; c++) {
      add(c, weights[c], from ^ ((from ^ to) & (weights[c] >> 63)));
    }
  }

  private static void addLeast(long[] sums, long[] weights, long from, long to) {
    for (int c = 0; c < weights.length; c++) {
      sums[c] += weights[c] * (from ^ ((from ^ to) & (weights[c] >> 63)));
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
    sums.addWide(i, high(i), low[i], exponent);
  }

  private long high(int i) {
    return isShort ? low[i] >> 63 : high[i];
  }

  /** A sum as a number, the products having this exponent. */
  Dyadic at(int i, int exponent) {
    BigInteger below = BigInteger.valueOf(low[i]);
    BigInteger unsigned = low[i] < 0 ? below.add(LOW) : below;
    return new Dyadic(BigInteger.valueOf(high(i)).shiftLeft(64).add(unsigned), exponent);
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
