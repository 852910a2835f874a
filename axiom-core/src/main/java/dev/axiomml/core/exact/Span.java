package dev.axiomml.core.exact;

import java.math.BigInteger;
import java.util.stream.Stream;

/**
 * An interval of one number.
 *
 * @param lo lower end
 * @param hi upper end
 */
public record Span(Dyadic lo, Dyadic hi) {
  private static final int BITS = 256;

  /** One number. */
  public static Span of(Dyadic exactly) {
    return new Span(exactly, exactly);
  }

  /** All sums. */
  public Span plus(Span other) {
    return new Span(lo.plus(other.lo), hi.plus(other.hi));
  }

  /** All numbers of the other sign. */
  public Span negate() {
    return new Span(hi.negate(), lo.negate());
  }

  /** All products. */
  public Span times(Span other) {
    Dyadic[] corners = {
      lo.times(other.lo), lo.times(other.hi), hi.times(other.lo), hi.times(other.hi)
    };
    return new Span(
        Stream.of(corners).reduce(Dyadic::min).orElseThrow(),
        Stream.of(corners).reduce(Dyadic::max).orElseThrow());
  }

  /** All magnitudes. */
  public Span abs() {
    if (lo.sign() >= 0) {
      return this;
    }
    return hi.sign() <= 0 ? negate() : new Span(Dyadic.ZERO, hi.max(lo.negate()));
  }

  /** All larger ones of two. */
  public Span max(Span other) {
    return new Span(lo.max(other.lo), hi.max(other.hi));
  }

  /** All smaller ones of two. */
  public Span min(Span other) {
    return new Span(lo.min(other.lo), hi.min(other.hi));
  }

  /** Both at once; what both know. */
  public Span meet(Span other) {
    return new Span(lo.max(other.lo), hi.min(other.hi));
  }

  /**
   * The square root of a number that is not negative, its ends exact where they are dyadic and to
   * 256 bits elsewhere.
   */
  public Span root() {
    return new Span(root(lo.max(Dyadic.ZERO), false), root(hi.max(Dyadic.ZERO), true));
  }

  private static Dyadic root(Dyadic of, boolean up) {
    if (of.sign() == 0) {
      return Dyadic.ZERO;
    }
    int unit = Math.floorDiv(Math.min(of.bits() - 2 * BITS, of.exponent()), 2) * 2;
    BigInteger[] parts = of.floor(unit).sqrtAndRemainder();
    boolean more = up && parts[1].signum() > 0;
    return new Dyadic(more ? parts[0].add(BigInteger.ONE) : parts[0], unit / 2);
  }
}
