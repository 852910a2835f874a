package dev.axiomml.verify.check.integer;

import dev.axiomml.core.exact.Dyadic;

/**
 * Numbers that share an exponent: element {@code i} is {@code mantissas[i] · 2^exponent}.
 *
 * @param mantissas at most 2⁵⁴ in magnitude; not copied
 * @param exponent of two
 */
public record ScaledIntegers(long[] mantissas, int exponent) {
  /** The bits of a mantissa, its sign left out. */
  static final int BITS = 54;

  /** The finest exponent at which all numbers fit. */
  static int exponentFor(Dyadic[]... lists) {
    int bits = Integer.MIN_VALUE;
    for (Dyadic[] values : lists) {
      for (Dyadic value : values) {
        bits = value.sign() == 0 ? bits : Math.max(bits, value.bits());
      }
    }
    return bits == Integer.MIN_VALUE ? 0 : bits - BITS;
  }

  static ScaledIntegers floor(Dyadic[] values, int exponent) {
    long[] mantissas = new long[values.length];
    for (int i = 0; i < mantissas.length; i++) {
      mantissas[i] = values[i].floor(exponent).longValueExact();
    }
    return new ScaledIntegers(mantissas, exponent);
  }

  static ScaledIntegers ceil(Dyadic[] values, int exponent) {
    long[] mantissas = new long[values.length];
    for (int i = 0; i < mantissas.length; i++) {
      mantissas[i] = values[i].ceil(exponent).longValueExact();
    }
    return new ScaledIntegers(mantissas, exponent);
  }

  /** The largest magnitude. */
  Dyadic largest() {
    long most = 0;
    for (long mantissa : mantissas) {
      most = Math.max(most, Math.abs(mantissa));
    }
    return Dyadic.of(most, exponent);
  }

  Dyadic at(int i) {
    return Dyadic.of(mantissas[i], exponent);
  }
}
