package dev.axiomml.verify.check.integer;

import dev.axiomml.core.exact.Dyadic;
import java.util.Arrays;

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
  static int exponentFor(Dyadic[] values, int bits) {
    int most = Integer.MIN_VALUE;
    for (Dyadic value : values) {
      most = value.sign() == 0 ? most : Math.max(most, value.bits());
    }
    return most == Integer.MIN_VALUE ? 0 : most - bits;
  }

  static ScaledIntegers floor(Dyadic[] values, int exponent) {
    long[] mantissas = new long[values.length];
    for (int i = 0; i < mantissas.length; i++) {
      mantissas[i] = values[i].floor(exponent).longValueExact();
    }
    return new ScaledIntegers(mantissas, exponent);
  }

  /** The same without the lowest bits, rounded down. */
  ScaledIntegers without(int bits) {
    long[] fewer = mantissas.clone();
    Arrays.setAll(fewer, i -> fewer[i] >> bits);
    return new ScaledIntegers(fewer, exponent + bits);
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
