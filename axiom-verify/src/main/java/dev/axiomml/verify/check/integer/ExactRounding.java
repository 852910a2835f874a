package dev.axiomml.verify.check.integer;

import dev.axiomml.core.exact.Dyadic;
import dev.axiomml.verify.cert.ProofSemantics;

/**
 * How far a float32 execution may be from real arithmetic, as exact numbers; nothing for statements
 * over the reals.
 *
 * <p>Round to nearest with unit u = 2⁻²⁴, any order, fused multiply-add or not; results and
 * operands below 2⁻¹²⁶ may be flushed to zero.
 */
public record ExactRounding(ProofSemantics semantics) {
  /** The largest finite float32. */
  static final Dyadic LARGEST = Dyadic.of(Float.MAX_VALUE);

  /** The smallest normal float32. */
  static final Dyadic TINY = Dyadic.of(1, -126);

  private static final int UNIT = -24;
  private static final int MOST = 1 << 20;

  public boolean rounds() {
    return semantics == ProofSemantics.FLOAT32;
  }

  /**
   * The margin of a sum whose terms pass through at most k roundings: γₖ times the magnitudes,
   * where γₖ = ku / (1 − ku) ≤ ku + 2(ku)² up to ku = 1/2.
   */
  Dyadic ofSum(Dyadic magnitude, int roundings) {
    return magnitude.times(gamma(roundings)).shifted(2 * UNIT);
  }

  /** The factor of such a margin, in units of 2⁻⁴⁸: at most 45 bits. */
  private long gamma(int roundings) {
    if (roundings > MOST) {
      throw new ArithmeticException(roundings + " roundings");
    }
    return rounds() ? ((long) roundings << -UNIT) + 2L * roundings * roundings : 0;
  }

  /** Takes such a margin off; the magnitude is given negated. */
  void takeSum(FloorSums from, int i, FloorSums negated, int roundings) {
    from.add(i, negated.mantissa(i), gamma(roundings), negated.exponent(i) + 2 * UNIT);
  }

  /** What flushing may lose in a sum of products of numbers up to these magnitudes. */
  Dyadic flushed(int terms, Dyadic weight, Dyadic input) {
    return rounds()
        ? TINY.times(weight.plus(input).plus(Dyadic.of(2, 0))).times(terms + 2L)
        : Dyadic.ZERO;
  }

  /** The margin of a function value whose executed version is within some ulps. */
  Dyadic ofValue(Dyadic magnitude, double ulps) {
    return rounds() && ulps > 0
        ? Dyadic.of(ulps)
            .times(magnitude)
            .shifted(UNIT + 1)
            .plus(TINY.times(Dyadic.of(ulps).plus(Dyadic.of(1, 0))))
        : Dyadic.ZERO;
  }

  /** Whether a sum, times a power of two, is too large in magnitude to be told from an overflow. */
  boolean overflows(FloorSums sums, int i, int shift) {
    boolean small = sums.bitsAt(i) + shift < Float.MAX_EXPONENT;
    return !small && overflows(sums.at(i).abs().shifted(shift));
  }

  /** Whether a value of this magnitude can be told from an overflow. */
  boolean overflows(Dyadic magnitude) {
    return rounds() ? magnitude.compareTo(LARGEST) > 0 : magnitude.bits() > 1000;
  }
}
