package dev.axiomml.verify.check.integer;

import dev.axiomml.core.exact.Dyadic;

/**
 * For each element of a value an interval that no execution leaves; or nothing known of any, not
 * even that it is a number.
 */
public final class IntegerRange {
  private final ScaledIntegers lo;
  private final ScaledIntegers hi;
  private final boolean bounded;

  private IntegerRange(ScaledIntegers lo, ScaledIntegers hi, boolean bounded) {
    this.lo = lo;
    this.hi = hi;
    this.bounded = bounded;
  }

  static IntegerRange unbounded(int size) {
    ScaledIntegers none = new ScaledIntegers(new long[size], 0);
    return new IntegerRange(none, none, false);
  }

  public static IntegerRange of(Dyadic[] lo, Dyadic[] hi) {
    int exponent = ScaledIntegers.exponentFor(lo, hi);
    return new IntegerRange(
        ScaledIntegers.floor(lo, exponent), ScaledIntegers.ceil(hi, exponent), true);
  }

  public boolean isBounded() {
    return bounded;
  }

  /** What both say of the same elements. */
  IntegerRange met(IntegerRange other) {
    if (!bounded || !other.bounded) {
      return bounded ? this : other;
    }
    Dyadic[] from = los();
    Dyadic[] to = his();
    for (int i = 0; i < size(); i++) {
      from[i] = from[i].max(other.lo(i));
      to[i] = to[i].min(other.hi(i));
    }
    return of(from, to);
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
    return java.util.stream.IntStream.range(0, size()).allMatch(this::isZero);
  }

  /** Whether one element is zero in every execution. */
  boolean isZero(int i) {
    return bounded && (lo.mantissas()[i] | hi.mantissas()[i]) == 0;
  }

  Dyadic[] los() {
    Dyadic[] all = new Dyadic[size()];
    java.util.Arrays.setAll(all, this::lo);
    return all;
  }

  Dyadic[] his() {
    Dyadic[] all = new Dyadic[size()];
    java.util.Arrays.setAll(all, this::hi);
    return all;
  }
}
