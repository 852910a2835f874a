package dev.axiomml.verify.check.integer;

import dev.axiomml.core.exact.Dyadic;
import java.util.Arrays;

/**
 * Numbers of 62 bits, an exponent each, that things are added to: what does not fit is rounded
 * down, so that no sum is above the exact one.
 *
 * <p>A sum is exact as long as it and all that it is made of are multiples of a power of two below
 * which 62 bits reach it.
 */
final class FloorSums {
  /** The bits of a number, its sign left out. */
  static final int BITS = 62;

  private final long[] mantissas;
  private final int[] exponents;

  /** Zeros. */
  FloorSums(int size) {
    mantissas = new long[size];
    exponents = new int[size];
  }

  /** Numbers of at most 62 bits that share an exponent. */
  static FloorSums of(long[] numbers, int exponent) {
    FloorSums sums = new FloorSums(numbers.length);
    System.arraycopy(numbers, 0, sums.mantissas, 0, numbers.length);
    Arrays.fill(sums.exponents, exponent);
    return sums;
  }

  /** The negatives of such numbers. */
  static FloorSums negated(long[] numbers, int exponent) {
    FloorSums sums = of(numbers, exponent);
    Arrays.setAll(sums.mantissas, i -> -numbers[i]);
    return sums;
  }

  /** Makes a number zero. */
  void clear(int i) {
    mantissas[i] = 0;
  }

  int size() {
    return mantissas.length;
  }

  long mantissa(int i) {
    return mantissas[i];
  }

  int exponent(int i) {
    return exponents[i];
  }

  Dyadic at(int i) {
    return Dyadic.of(mantissas[i], exponents[i]);
  }

  /** How many bits a magnitude needs; those of −2ⁿ are n. */
  static int bits(long number) {
    return Long.SIZE - Long.numberOfLeadingZeros(number ^ (number >> 63));
  }

  /** The sum is below two to this power in magnitude, or minus that. */
  int bitsAt(int i) {
    return mantissas[i] == 0 ? Integer.MIN_VALUE / 2 : bits(mantissas[i]) + exponents[i];
  }

  /** Adds {@code number · 2^exponent}. */
  void add(int i, long number, int exponent) {
    if (number == 0) {
      return;
    }
    long mine = mantissas[i];
    if (mine == 0) {
      mantissas[i] = number;
      exponents[i] = exponent;
      return;
    }
    int least = Math.min(exponents[i], exponent);
    int most = Math.max(bits(number) + exponent, bitsAt(i));
    int common = Math.max(least, most - BITS + 1);
    mantissas[i] = shifted(mine, exponents[i] - common) + shifted(number, exponent - common);
    exponents[i] = common;
  }

  /** Adds a product, times two to the exponent. */
  void add(int i, long a, long b, int exponent) {
    addWide(i, Math.multiplyHigh(a, b), a * b, exponent);
  }

  /** Adds a number of 128 bits, of which the first half is signed, times two to the exponent. */
  void addWide(int i, long high, long low, int exponent) {
    long sign = high >> 63;
    int excess = WideSums.excess(high ^ sign, low ^ sign, BITS);
    add(i, WideSums.without(high, low, excess), exponent + excess);
  }

  /** Adds a number that is held exactly. */
  void add(int i, Dyadic number) {
    int excess = Math.max(0, number.mantissa().bitLength() - BITS);
    add(i, number.mantissa().shiftRight(excess).longValueExact(), number.exponent() + excess);
  }

  /** Adds sums of one exponent, each to the one in its place. */
  void add(WideSums sums, int exponent) {
    for (int i = 0; i < mantissas.length; i++) {
      sums.addTo(this, i, exponent);
    }
  }

  /** Adds other numbers, each to the one in its place. */
  void add(FloorSums other) {
    for (int i = 0; i < mantissas.length; i++) {
      add(i, other.mantissas[i], other.exponents[i]);
    }
  }

  /** Takes the larger one of a number and {@code number · 2^exponent}. */
  void max(int i, long number, int exponent) {
    if (compare(mantissas[i], exponents[i], number, exponent) < 0) {
      mantissas[i] = number;
      exponents[i] = exponent;
    }
  }

  /** Takes the smaller one of a sum and another of these. */
  void min(int i, int other) {
    if (compare(mantissas[other], exponents[other], mantissas[i], exponents[i]) < 0) {
      mantissas[i] = mantissas[other];
      exponents[i] = exponents[other];
    }
  }

  /** A finite double in units of {@link #unit}, exactly. */
  static long whole(double number) {
    long bits = Double.doubleToRawLongBits(number);
    long fraction = bits & -1L >>> 12;
    long magnitude = (bits >>> 52 & 0x7ff) == 0 ? fraction : fraction | 1L << 52;
    return bits < 0 ? -magnitude : magnitude;
  }

  /** The exponent of the units in which a finite double is a whole number of 53 bits. */
  static int unit(double number) {
    return Math.max(Math.getExponent(number), Double.MIN_EXPONENT) - 52;
  }

  /** Compares {@code a · 2^p} with {@code b · 2^q}. */
  static int compare(long a, int p, long b, int q) {
    if (p < q) {
      return -compare(b, q, a, p);
    }
    boolean fits = a == 0 || bits(a) + (long) p - q <= BITS;
    return fits ? Long.compare(a == 0 ? 0 : a << (p - q), b) : Long.signum(a);
  }

  /** A number times a power of two that it fits with, rounded down. */
  static long shifted(long number, int by) {
    return by >= 0 ? (number == 0 ? 0 : number << by) : number >> Math.min(63, -by);
  }
}
