package dev.axiomml.verify.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
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
      int excess = wide.excess();
      assertThat(BigInteger.valueOf(wide.without(excess)[0])).isEqualTo(sum.shiftRight(excess));
    }
  }
}
