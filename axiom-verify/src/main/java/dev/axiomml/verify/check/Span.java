package dev.axiomml.verify.check;

import java.util.stream.Stream;

/**
 * An interval of one number.
 *
 * @param lo lower end
 * @param hi upper end
 */
record Span(Dyadic lo, Dyadic hi) {
  private static final int ROOT = 200;

  static Span of(Dyadic exactly) {
    return new Span(exactly, exactly);
  }

  Span plus(Span other) {
    return new Span(lo.plus(other.lo), hi.plus(other.hi));
  }

  Span negate() {
    return new Span(hi.negate(), lo.negate());
  }

  Span times(Span other) {
    Dyadic[] corners = {
      lo.times(other.lo), lo.times(other.hi), hi.times(other.lo), hi.times(other.hi)
    };
    return new Span(
        Stream.of(corners).reduce(Dyadic::min).orElseThrow(),
        Stream.of(corners).reduce(Dyadic::max).orElseThrow());
  }

  Span abs() {
    if (lo.sign() >= 0) {
      return this;
    }
    return hi.sign() <= 0 ? negate() : new Span(Dyadic.ZERO, hi.max(lo.negate()));
  }

  Span max(Span other) {
    return new Span(lo.max(other.lo), hi.max(other.hi));
  }

  Span min(Span other) {
    return new Span(lo.min(other.lo), hi.min(other.hi));
  }

  /** Both at once; what both know. */
  Span meet(Span other) {
    return new Span(lo.max(other.lo), hi.min(other.hi));
  }

  /** The square root of a number that is not negative. */
  Span root() {
    return new Span(
        new Dyadic(lo.max(Dyadic.ZERO).floor(-ROOT).sqrt(), -ROOT / 2),
        new Dyadic(hi.ceil(-ROOT).sqrt().add(java.math.BigInteger.ONE), -ROOT / 2));
  }
}
