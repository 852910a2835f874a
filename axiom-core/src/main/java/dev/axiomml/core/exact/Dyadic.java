package dev.axiomml.core.exact;

import java.math.BigInteger;

/**
 * The number {@code mantissa · 2^exponent}, exactly; sums and products are exact too.
 *
 * @param mantissa any whole number
 * @param exponent of two
 */
public record Dyadic(BigInteger mantissa, int exponent) implements Comparable<Dyadic> {
  /** Zero. */
  public static final Dyadic ZERO = new Dyadic(BigInteger.ZERO, 0);

  /** One. */
  public static final Dyadic ONE = of(1, 0);

  /** {@code mantissa · 2^exponent}. */
  public static Dyadic of(long mantissa, int exponent) {
    return new Dyadic(BigInteger.valueOf(mantissa), exponent);
  }

  /** A finite double, exactly. @throws ArithmeticException for NaN and infinities */
  public static Dyadic of(double value) {
    if (!(Math.abs(value) <= Double.MAX_VALUE)) {
      throw new ArithmeticException(value + " is not finite");
    }
    long bits = Double.doubleToRawLongBits(value);
    int biased = (int) (bits >>> 52) & 0x7ff;
    long fraction = bits & 0xfffffffffffffL;
    long magnitude = biased == 0 ? fraction : fraction | 1L << 52;
    return of(bits < 0 ? -magnitude : magnitude, Math.max(biased, 1) - 1075);
  }

  /** The sum. */
  public Dyadic plus(Dyadic other) {
    int least = Math.min(exponent, other.exponent);
    return new Dyadic(at(least).add(other.at(least)), least);
  }

  private BigInteger at(int least) {
    return mantissa.shiftLeft(exponent - least);
  }

  /** The difference. */
  public Dyadic minus(Dyadic other) {
    return plus(other.negate());
  }

  /** The product. */
  public Dyadic times(Dyadic other) {
    return new Dyadic(mantissa.multiply(other.mantissa), exponent + other.exponent);
  }

  /** A multiple. */
  public Dyadic times(long factor) {
    return new Dyadic(mantissa.multiply(BigInteger.valueOf(factor)), exponent);
  }

  /** This times a power of two. */
  public Dyadic shifted(int by) {
    return new Dyadic(mantissa, exponent + by);
  }

  /** The number of the other sign. */
  public Dyadic negate() {
    return new Dyadic(mantissa.negate(), exponent);
  }

  /** The magnitude. */
  public Dyadic abs() {
    return mantissa.signum() < 0 ? negate() : this;
  }

  /** −1, 0 or 1. */
  public int sign() {
    return mantissa.signum();
  }

  /** The smaller one. */
  public Dyadic min(Dyadic other) {
    return compareTo(other) <= 0 ? this : other;
  }

  /** The larger one. */
  public Dyadic max(Dyadic other) {
    return compareTo(other) >= 0 ? this : other;
  }

  /** Whether this is less. */
  public boolean below(Dyadic other) {
    return compareTo(other) < 0;
  }

  /** The magnitude is at most two to this power. */
  public int bits() {
    return mantissa.signum() == 0 ? Integer.MIN_VALUE / 2 : mantissa.bitLength() + exponent;
  }

  /** The largest multiple of {@code 2^unit} that is not above this, in units. */
  public BigInteger floor(int unit) {
    return exponent >= unit ? at(unit) : mantissa.shiftRight(unit - exponent);
  }

  /** The smallest multiple of {@code 2^unit} that is not below this, in units. */
  public BigInteger ceil(int unit) {
    return negate().floor(unit).negate();
  }

  /** The quotient rounded down to a multiple of {@code 2^unit}; the divisor is positive. */
  public Dyadic over(Dyadic divisor, int unit) {
    int shift = exponent - divisor.exponent - unit;
    BigInteger top = shift >= 0 ? mantissa.shiftLeft(shift) : mantissa;
    BigInteger bottom = shift >= 0 ? divisor.mantissa : divisor.mantissa.shiftLeft(-shift);
    BigInteger[] parts = top.divideAndRemainder(bottom);
    boolean below = parts[1].signum() < 0;
    return new Dyadic(below ? parts[0].subtract(BigInteger.ONE) : parts[0], unit);
  }

  /** A double not above this, close to it; −∞ below all doubles. */
  public double floorDouble() {
    int unit = Math.max(bits() - 53, -1000);
    double whole = floor(unit).doubleValue();
    double scaled = Math.scalb(whole, unit);
    return scaled == Double.POSITIVE_INFINITY ? Double.MAX_VALUE : scaled;
  }

  /** A double not below this, close to it; ∞ above all doubles. */
  public double ceilDouble() {
    return -negate().floorDouble();
  }

  /**
   * So many 256ths of the way up to another number, down to the next float32; this number where
   * that is no less, or not finite.
   */
  public Dyadic partWay(Dyadic to, int parts) {
    double exact = plus(to.minus(this).times(parts).shifted(-8)).floorDouble();
    float near = (float) exact;
    float low = near > exact ? Math.nextDown(near) : near;
    return parts == 0 || !(Math.abs(low) <= Float.MAX_VALUE) ? this : max(of(low));
  }

  @Override
  public int compareTo(Dyadic other) {
    int least = Math.min(exponent, other.exponent);
    return at(least).compareTo(other.at(least));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Dyadic that && compareTo(that) == 0;
  }

  @Override
  public int hashCode() {
    return Double.hashCode(floorDouble());
  }

  @Override
  public String toString() {
    return String.valueOf(floorDouble());
  }
}
