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
      Span root = Span.of(x).root();
      assertThat(root.lo().times(root.lo()).compareTo(x)).isNotPositive();
      assertThat(root.hi().times(root.hi()).compareTo(x)).isNotNegative();
      Dyadic width = root.hi().minus(root.lo());
      assertThat(width.times(Dyadic.of(1, 254)).compareTo(root.hi())).isNotPositive();
    }
  }

  @Test
  void a_root_that_is_dyadic_is_exact() {
    Dyadic five = Dyadic.of(5, -150);
    assertThat(Span.of(five.times(five)).root()).isEqualTo(Span.of(five));
    assertThat(Span.of(Dyadic.ZERO).root()).isEqualTo(Span.of(Dyadic.ZERO));
  }
}
