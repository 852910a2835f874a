package dev.axiomml.testing;

import java.math.BigDecimal;
import java.math.MathContext;

/** Exponentials and logarithms in 50 digits, of arguments up to a few hundred. */
public final class Digits {
  /** What every result is good to, and more. */
  public static final MathContext WIDE = new MathContext(70);

  private static final BigDecimal TWO = BigDecimal.valueOf(2);
  private static final BigDecimal SMALL = new BigDecimal("1e-75");
  private static final int HALVINGS = 12;
  private static final BigDecimal LN2 = nearOne(TWO);

  private Digits() {}

  /** {@code eˣ}; 0 below −300, 10¹⁰⁰ above 230. */
  public static BigDecimal exp(BigDecimal x) {
    if (x.compareTo(BigDecimal.valueOf(-300)) < 0) {
      return BigDecimal.ZERO;
    }
    return x.compareTo(BigDecimal.valueOf(230)) > 0
        ? BigDecimal.TEN.pow(100)
        : expm1(x).add(BigDecimal.ONE, WIDE);
  }

  /** {@code eˣ − 1} without cancellation; −1 below −300. */
  public static BigDecimal expm1(BigDecimal x) {
    if (x.compareTo(BigDecimal.valueOf(-300)) < 0) {
      return BigDecimal.ONE.negate();
    }
    if (x.signum() == 0) {
      return BigDecimal.ZERO;
    }
    BigDecimal part = x.divide(TWO.pow(HALVINGS), WIDE);
    BigDecimal term = part;
    BigDecimal sum = part;
    for (int n = 2; term.abs().compareTo(SMALL.multiply(part.abs())) > 0; n++) {
      term = term.multiply(part, WIDE).divide(BigDecimal.valueOf(n), WIDE);
      sum = sum.add(term, WIDE);
    }
    for (int i = 0; i < HALVINGS; i++) {
      sum = sum.multiply(sum.add(TWO, WIDE), WIDE); // (1 + s)² − 1
    }
    return sum;
  }

  /** {@code ln(1 + y)} for y in [0, 1]. */
  public static BigDecimal log1p(BigDecimal y) {
    BigDecimal z = y.divide(TWO.add(y, WIDE), WIDE);
    BigDecimal square = z.multiply(z, WIDE);
    BigDecimal term = z;
    BigDecimal sum = z;
    for (int n = 3; term.abs().compareTo(SMALL.multiply(z.abs())) > 0; n += 2) {
      term = term.multiply(square, WIDE);
      sum = sum.add(term.divide(BigDecimal.valueOf(n), WIDE), WIDE);
    }
    return sum.multiply(TWO);
  }

  /** {@code ln x} for x above 0. */
  public static BigDecimal log(BigDecimal x) {
    int power = Math.getExponent(x.doubleValue());
    BigDecimal two = power < 0 ? BigDecimal.ONE.divide(TWO.pow(-power), WIDE) : TWO.pow(power);
    return nearOne(x.divide(two, WIDE)).add(LN2.multiply(BigDecimal.valueOf(power)), WIDE);
  }

  private static BigDecimal nearOne(BigDecimal x) {
    return log1p(x.subtract(BigDecimal.ONE));
  }
}
