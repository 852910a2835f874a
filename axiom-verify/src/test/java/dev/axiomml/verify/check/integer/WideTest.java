package dev.axiomml.verify.check.integer;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WideTest {
  @Test
  void wide_sums_are_exact_until_their_lowest_bits_go() {
    Random random = new Random(3);
    WideSums wide = new WideSums(1);
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
    WidePanel panel = new WidePanel(1, 3);
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
      panel.add(0, row);
    } else if (factor == negative) {
      panel.add(0, row, factor);
    } else {
      panel.add(0, row, factor, negative);
    }
  }
}
