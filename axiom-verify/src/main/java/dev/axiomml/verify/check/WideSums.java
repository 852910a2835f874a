package dev.axiomml.verify.check;

import dev.axiomml.core.exact.Dyadic;
import java.math.BigInteger;

/**
 * Sums of products of two 55-bit numbers, 128 bits each; no more than 2¹⁸ products may go into one.
 */
final class WideSums {
  /** How many products one sum can take. */
  static final int TERMS = 1 << 18;

  private static final BigInteger LOW = BigInteger.ONE.shiftLeft(64);
  private final long[] high;
  private final long[] low;

  WideSums(int size) {
    high = new long[size];
    low = new long[size];
  }

  /** Three lists of sums. */
  static WideSums[] three(int size) {
    return new WideSums[] {new WideSums(size), new WideSums(size), new WideSums(size)};
  }

  void add(int i, long a, long b) {
    long product = a * b;
    long sum = low[i] + product;
    high[i] += Math.multiplyHigh(a, b) + (Long.compareUnsigned(sum, product) < 0 ? 1 : 0);
    low[i] = sum;
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

  /** A sum as a number, the products having this exponent. */
  Dyadic at(int i, int exponent) {
    BigInteger below = BigInteger.valueOf(low[i]);
    BigInteger unsigned = low[i] < 0 ? below.add(LOW) : below;
    return new Dyadic(BigInteger.valueOf(high[i]).shiftLeft(64).add(unsigned), exponent);
  }

  /** How many of the lowest bits must go so that every sum fits a {@link ScaledIntegers}. */
  int excess() {
    int bits = 0;
    for (int i = 0; i < high.length; i++) {
      long sign = high[i] >> 63;
      long top = high[i] ^ sign;
      int needed =
          top != 0
              ? 128 - Long.numberOfLeadingZeros(top)
              : 64 - Long.numberOfLeadingZeros(low[i] ^ sign);
      bits = Math.max(bits, needed);
    }
    return Math.max(0, bits - ScaledIntegers.BITS);
  }

  /** All sums without their lowest bits, rounded down. */
  long[] without(int bits) {
    long[] kept = new long[high.length];
    for (int i = 0; i < kept.length; i++) {
      kept[i] =
          bits == 0
              ? low[i]
              : bits < 64 ? high[i] << (64 - bits) | low[i] >>> bits : high[i] >> (bits - 64);
    }
    return kept;
  }
}
