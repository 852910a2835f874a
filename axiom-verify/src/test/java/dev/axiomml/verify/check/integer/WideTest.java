package dev.axiomml.verify.check.integer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.core.exact.Dyadic;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WideTest {
  @Test
  void wide_sums_are_exact_until_their_lowest_bits_go() {
    Random random = new Random(3);
    WideSums wide = new WideSums(1, ScaledIntegers.BITS);
    BigInteger sum = BigInteger.ZERO;
    for (int i = 0; i < 5000; i++) {
      long a = random.nextLong() >> 9 + random.nextInt(40);
      long b = random.nextLong() >> 9 + random.nextInt(40);
      wide.add(0, a, b);
      sum = sum.add(BigInteger.valueOf(a).multiply(BigInteger.valueOf(b)));
      assertThat(wide.at(0, 0).mantissa()).isEqualTo(sum);
    }
  }

  /** Mutation: a carry lost, or the sign of a row that is added as it is. */
  @Test
  void panels_are_exact_until_their_lowest_bits_go() {
    Random random = new Random(4);
    for (int round = 0; round < 200; round++) {
      assertExact(random);
    }
  }

  private static void assertExact(Random random) {
    WidePanel panel = new WidePanel(1, 3, ScaledIntegers.BITS);
    BigInteger[] sums = {BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO};
    for (int i = 0; i < 1 + random.nextInt(40); i++) {
      long[] row = new long[3];
      Arrays.setAll(row, c -> random.nextLong() >> 9 + random.nextInt(55));
      long factor = random.nextBoolean() ? 1 : random.nextLong() >> 9 + random.nextInt(40);
      long negative = random.nextBoolean() ? factor : -factor;
      add(panel, row, factor, negative);
      Arrays.setAll(sums, c -> sums[c].add(product(row[c], row[c] < 0 ? negative : factor)));
    }
    int[] excess = panel.excess();
    long[] kept = panel.without(excess)[0];
    for (int c = 0; c < 3; c++) {
      assertThat(BigInteger.valueOf(kept[c])).isEqualTo(sums[c].shiftRight(excess[c]));
      assertThat(Math.abs(kept[c])).isLessThanOrEqualTo(1L << ScaledIntegers.BITS);
    }
  }

  private static BigInteger product(long a, long b) {
    return BigInteger.valueOf(a).multiply(BigInteger.valueOf(b));
  }

  private static void add(WidePanel panel, long[] row, long factor, long negative) {
    if (factor == 1 && negative == 1) {
      panel.add(0, row, 1);
    } else if (factor == negative) {
      panel.add(0, row, factor);
    } else {
      panel.add(0, row, factor, negative);
    }
  }

  /** Mutation: a bit more for each factor. */
  @Test
  void short_sums_hold_as_many_extreme_products_as_they_say() {
    for (int terms : new int[] {1, 2, 50, 64, 784, 9408, 1 << 17}) {
      int bits = WideSums.bitsFor(terms);
      assertThat(WideSums.isShort(bits)).isTrue();
      assertThat(WideSums.terms(bits)).isGreaterThanOrEqualTo(terms);
      long most = 1L << bits;
      WideSums sums = new WideSums(2, bits);
      WidePanel panel = new WidePanel(1, 2, bits);
      for (int i = 0; i < terms; i++) {
        sums.add(0, most, most);
        sums.add(1, most, -most);
        panel.add(0, new long[] {most, -most}, most);
      }
      BigInteger exact = product(most, most).multiply(BigInteger.valueOf(terms));
      assertThat(sums.at(0, 0).mantissa()).isEqualTo(exact);
      assertThat(sums.at(1, 0).mantissa()).isEqualTo(exact.negate());
      int[] excess = panel.excess();
      long[] kept = panel.without(excess)[0];
      assertThat(BigInteger.valueOf(kept[0])).isEqualTo(exact.shiftRight(excess[0]));
      assertThat(BigInteger.valueOf(kept[1])).isEqualTo(exact.negate().shiftRight(excess[1]));
    }
  }

  @Test
  void short_panels_are_exact_until_their_lowest_bits_go() {
    Random random = new Random(6);
    for (int round = 0; round < 500; round++) {
      assertExact(random, WideSums.bitsFor(40));
    }
  }

  private static void assertExact(Random random, int bits) {
    WidePanel panel = new WidePanel(1, 3, bits);
    BigInteger[] sums = {BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO};
    for (int i = 0; i < 20; i++) {
      long[][] rows = new long[2][3];
      long[] factors = {random.nextLong() >> 63 - bits, random.nextLong() >> 63 - bits};
      for (int r = 0; r < 2; r++) {
        int row = r;
        Arrays.setAll(rows[r], c -> random.nextLong() >> 63 - bits);
        Arrays.setAll(sums, c -> sums[c].add(product(rows[row][c], factors[row])));
      }
      panel.add(0, rows[0], factors[0], rows[1], factors[1]);
    }
    int[] excess = panel.excess();
    long[] kept = panel.without(excess)[0];
    for (int c = 0; c < 3; c++) {
      assertThat(BigInteger.valueOf(kept[c])).isEqualTo(sums[c].shiftRight(excess[c]));
      assertThat(Math.abs(kept[c])).isLessThanOrEqualTo(1L << bits);
    }
  }

  /** A weight that is meant lies between the one that is kept and what is in doubt above it. */
  @Test
  void rows_tell_how_far_weights_that_are_meant_are_above_them() {
    Random random = new Random(7);
    for (int round = 0; round < 500; round++) {
      int bits = round % 2 == 0 ? ScaledIntegers.BITS : 22 + random.nextInt(8);
      Dyadic[][] first = weights(random);
      Dyadic[][] second = weights(random);
      IntegerRows both = IntegerRows.of(first, bits).plus(IntegerRows.of(second, bits));
      IntegerRows all = both.plus(IntegerRows.of(first, bits));
      for (int place = 0; place < 8; place++) {
        Dyadic one = first[place % 2][place / 2];
        Dyadic two = one.plus(second[place % 2][place / 2]);
        assertMeant(both, place, two);
        assertMeant(all, place, two.plus(one));
      }
    }
  }

  private static Dyadic[][] weights(Random random) {
    Dyadic[][] columns = new Dyadic[2][4];
    for (Dyadic[] column : columns) {
      Arrays.setAll(
          column,
          i -> Dyadic.of(random.nextLong() >> 1 + random.nextInt(63), random.nextInt(9) - 40));
    }
    return columns;
  }

  private static void assertMeant(IntegerRows rows, int place, Dyadic meant) {
    int c = place % 2;
    int i = place / 2;
    long weight = rows.weights()[i] == null ? 0 : rows.weights()[i][c];
    Dyadic off = meant.minus(Dyadic.of(weight, rows.exponents()[c]));
    assertThat(off.sign()).isNotNegative();
    assertThat(off.compareTo(Dyadic.of(rows.doubts()[c], rows.exponents()[c]))).isNotPositive();
  }
}
