package dev.axiomml.core.exact;

import java.math.BigInteger;
import java.util.stream.Stream;

/**
 * An interval of one number.
 *
 * @param lo lower end
 * @param hi upper end
 */
public record ExactInterval(Dyadic lo, Dyadic hi) {
  private static final int BITS = 256;

  /** One number. */
  public static ExactInterval of(Dyadic exactly) {
    return new ExactInterval(exactly, exactly);
  }

  /** All sums. */
  public ExactInterval plus(ExactInterval other) {
    return new ExactInterval(lo.plus(other.lo), hi.plus(other.hi));
  }

  /** All numbers of the other sign. */
  public ExactInterval negate() {
    return new ExactInterval(hi.negate(), lo.negate());
  }

  /** All products. */
  public ExactInterval times(ExactInterval other) {
    Dyadic[] corners = {
      lo.times(other.lo), lo.times(other.hi), hi.times(other.lo), hi.times(other.hi)
    };
    return new ExactInterval(
        Stream.of(corners).reduce(Dyadic::min).orElseThrow(),
        Stream.of(corners).reduce(Dyadic::max).orElseThrow());
  }

  /** All magnitudes. */
  public ExactInterval abs() {
    if (lo.sign() >= 0) {
      return this;
    }
    return hi.sign() <= 0 ? negate() : new ExactInterval(Dyadic.ZERO, hi.max(lo.negate()));
  }

  /** All larger ones of two. */
  public ExactInterval max(ExactInterval other) {
    return new ExactInterval(lo.max(other.lo), hi.max(other.hi));
  }

  /** All smaller ones of two. */
  public ExactInterval min(ExactInterval other) {
    return new ExactInterval(lo.min(other.lo), hi.min(other.hi));
  }

  /** Both at once; what both know. */
  public ExactInterval meet(ExactInterval other) {
    return new ExactInterval(lo.max(other.lo), hi.min(other.hi));
  }

  /**
   * The square root of a number that is not negative, its ends exact where they are dyadic and to
   * 256 bits elsewhere.
   */
  public ExactInterval root() {
    return new ExactInterval(root(lo.max(Dyadic.ZERO), false), root(hi.max(Dyadic.ZERO), true));
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
