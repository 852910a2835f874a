package dev.axiomml.core.exact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SpanTest {
  @Test
  void a_root_encloses_the_number_to_256_bits() {
    Random random = new Random(5);
    for (int i = 0; i < 500; i++) {
      Dyadic x = Dyadic.of(Math.abs(Double.longBitsToDouble(random.nextLong() & ~(1L << 62))));
      ExactInterval root = ExactInterval.of(x).root();
      assertThat(root.lo().times(root.lo()).compareTo(x)).isNotPositive();
      assertThat(root.hi().times(root.hi()).compareTo(x)).isNotNegative();
      Dyadic width = root.hi().minus(root.lo());
      assertThat(width.times(Dyadic.of(1, 254)).compareTo(root.hi())).isNotPositive();
    }
  }

  @Test
  void a_root_that_is_dyadic_is_exact() {
    Dyadic five = Dyadic.of(5, -150);
    assertThat(ExactInterval.of(five.times(five)).root()).isEqualTo(ExactInterval.of(five));
    assertThat(ExactInterval.of(Dyadic.ZERO).root()).isEqualTo(ExactInterval.of(Dyadic.ZERO));
  }
}
