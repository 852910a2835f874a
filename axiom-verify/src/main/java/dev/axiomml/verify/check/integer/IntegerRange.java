package dev.axiomml.verify.check.integer;

import dev.axiomml.core.exact.Dyadic;
import java.util.stream.IntStream;

/**
 * For each element of a value an interval that no execution leaves; or nothing known of any, not
 * even that it is a number.
 */
public final class IntegerRange {
  private final ScaledIntegers lo;
  private final ScaledIntegers hi;
  private final boolean bounded;
  private final int bits;

  private IntegerRange(ScaledIntegers lo, ScaledIntegers hi, boolean bounded, int bits) {
    this.lo = lo;
    this.hi = hi;
    this.bounded = bounded;
    this.bits = bits;
  }

  static IntegerRange unbounded(int size) {
    ScaledIntegers none = new ScaledIntegers(new long[size], 0);
    return new IntegerRange(none, none, false, ScaledIntegers.BITS);
  }

  /** In mantissas of 54 bits, rounded outward. */
  public static IntegerRange of(Dyadic[] lo, Dyadic[] hi) {
    return of(lo, hi, ScaledIntegers.BITS);
  }

  /** In mantissas of so many bits, rounded outward. */
  static IntegerRange of(Dyadic[] lo, Dyadic[] hi, int bits) {
    FloorSums from = new FloorSums(lo.length);
    FloorSums to = new FloorSums(hi.length);
    for (int i = 0; i < lo.length; i++) {
      from.add(i, lo[i]);
      to.add(i, hi[i].negate());
    }
    return of(from, to, bits);
  }

  /** Lower ends and negated upper ends, rounded outward. */
  static IntegerRange of(FloorSums lo, FloorSums negatedHi, int bits) {
    int most = Integer.MIN_VALUE / 2;
    for (int i = 0; i < lo.size(); i++) {
      most = Math.max(most, Math.max(lo.bitsAt(i), negatedHi.bitsAt(i)));
    }
    int exponent = most == Integer.MIN_VALUE / 2 ? 0 : most - bits;
    long[] from = new long[lo.size()];
    long[] to = new long[from.length];
    for (int i = 0; i < from.length; i++) {
      from[i] = FloorSums.shifted(lo.mantissa(i), lo.exponent(i) - exponent);
      to[i] = -FloorSums.shifted(negatedHi.mantissa(i), negatedHi.exponent(i) - exponent);
    }
    return new IntegerRange(
        new ScaledIntegers(from, exponent), new ScaledIntegers(to, exponent), true, bits);
  }

  /** Other ends in the same units. */
  IntegerRange with(long[] lows, long[] highs) {
    return new IntegerRange(
        new ScaledIntegers(lows, exponent()), new ScaledIntegers(highs, exponent()), bounded, bits);
  }

  public boolean isBounded() {
    return bounded;
  }

  /** The bits of a mantissa. */
  int bits() {
    return bits;
  }

  /** What both say of the same elements. */
  IntegerRange met(IntegerRange other) {
    if (!bounded || !other.bounded) {
      return bounded ? this : other;
    }
    FloorSums from = lowEnds();
    FloorSums to = negatedHighEnds();
    for (int i = 0; i < size(); i++) {
      from.max(i, other.lows()[i], other.exponent());
      to.max(i, -other.highs()[i], other.exponent());
    }
    return of(from, to, bits);
  }

  /** Lower ends, to be raised by the one who asked. */
  FloorSums lowEnds() {
    return FloorSums.of(lows(), exponent());
  }

  /** The negatives of the upper ends, likewise. */
  FloorSums negatedHighEnds() {
    return FloorSums.negated(highs(), exponent());
  }

  public int size() {
    return lo.mantissas().length;
  }

  int exponent() {
    return lo.exponent();
  }

  /** Lower ends in units of two to the exponent; read only. */
  long[] lows() {
    return lo.mantissas();
  }

  /** Upper ends likewise. */
  long[] highs() {
    return hi.mantissas();
  }

  public Dyadic lo(int i) {
    return lo.at(i);
  }

  public Dyadic hi(int i) {
    return hi.at(i);
  }

  /** Both ends of an element as doubles, rounded outward. */
  double[] ends(int i) {
    return new double[] {floor(lows()[i]), 0.0 - floor(-highs()[i])};
  }

  /** A mantissa of 54 bits is one of 53 in units twice as large. */
  private double floor(long mantissa) {
    int half = FloorSums.bits(mantissa) > 53 ? 1 : 0;
    return Math.abs(exponent()) < 900
        ? (mantissa >> half) * powerOfTwo(exponent() + half)
        : Dyadic.of(mantissa, exponent()).floorDouble();
  }

  private static double powerOfTwo(int exponent) {
    return Double.longBitsToDouble((long) (exponent + Double.MAX_EXPONENT) << 52);
  }

  /** The largest magnitude of an element, in units. */
  long reach(int i) {
    return Math.max(Math.abs(lo.mantissas()[i]), Math.abs(hi.mantissas()[i]));
  }

  /** The largest magnitude of all elements. */
  Dyadic largest() {
    long most = 0;
    for (int i = 0; i < size(); i++) {
      most = Math.max(most, reach(i));
    }
    return Dyadic.of(most, exponent());
  }

  /** Whether every element is zero. */
  boolean isZero() {
    long ends = 0;
    for (int i = 0; i < size(); i++) {
      ends |= lows()[i] | highs()[i];
    }
    return ends == 0;
  }

  /** Whether one element is zero in every execution. */
  boolean isZero(int i) {
    return bounded && (lo.mantissas()[i] | hi.mantissas()[i]) == 0;
  }

  Dyadic[] los() {
    return IntStream.range(0, size()).mapToObj(this::lo).toArray(Dyadic[]::new);
  }

  Dyadic[] his() {
    return IntStream.range(0, size()).mapToObj(this::hi).toArray(Dyadic[]::new);
  }
}
