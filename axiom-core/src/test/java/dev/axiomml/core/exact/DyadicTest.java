package dev.axiomml.core.exact;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DyadicTest {
  private static BigDecimal exact(Dyadic x) {
    BigDecimal mantissa = new BigDecimal(x.mantissa());
    return x.exponent() >= 0
        ? mantissa.multiply(new BigDecimal(BigInteger.TWO.pow(x.exponent())))
        : mantissa.divide(new BigDecimal(BigInteger.TWO.pow(-x.exponent())));
  }

  private static double number(Random random) {
    return Math.scalb(random.nextDouble() - 0.5, random.nextInt(200) - 100);
  }

  @Test
  void sums_products_and_order_are_exact() {
    Random random = new Random(1);
    for (int i = 0; i < 500; i++) {
      double a = number(random);
      double b = number(random);
      BigDecimal x = new BigDecimal(a);
      BigDecimal y = new BigDecimal(b);
      assertThat(exact(Dyadic.of(a).plus(Dyadic.of(b)))).isEqualByComparingTo(x.add(y));
      assertThat(exact(Dyadic.of(a).minus(Dyadic.of(b)))).isEqualByComparingTo(x.subtract(y));
      assertThat(exact(Dyadic.of(a).times(Dyadic.of(b)))).isEqualByComparingTo(x.multiply(y));
      assertThat(Dyadic.of(a).compareTo(Dyadic.of(b))).isEqualTo(x.compareTo(y));
    }
  }

  @Test
  void rounding_goes_outward() {
    Random random = new Random(2);
    for (int i = 0; i < 500; i++) {
      Dyadic x = Dyadic.of(number(random)).times(Dyadic.of(number(random)));
      int unit = x.bits() - random.nextInt(60);
      Dyadic floor = new Dyadic(x.floor(unit), unit);
      Dyadic ceil = new Dyadic(x.ceil(unit), unit);
      assertThat(floor.compareTo(x)).isNotPositive();
      assertThat(ceil.compareTo(x)).isNotNegative();
      assertThat(ceil.minus(floor).compareTo(Dyadic.of(1, unit))).isNotPositive();
      assertThat(Dyadic.of(x.floorDouble()).compareTo(x)).isNotPositive();
      assertThat(Dyadic.of(x.ceilDouble()).compareTo(x)).isNotNegative();
      Dyadic quotient = x.over(Dyadic.of(3, -7), unit - 5);
      assertThat(quotient.times(Dyadic.of(3, -7)).compareTo(x)).isNotPositive();
      Dyadic more = quotient.plus(Dyadic.of(1, unit - 5));
      assertThat(more.times(Dyadic.of(3, -7)).compareTo(x)).isPositive();
    }
  }
}
