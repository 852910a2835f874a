package dev.axiomml.core.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DimTest {
  private static final Dim N = Dim.symbol("N");
  private static final Dim H = Dim.symbol("H");

  @Test
  void equal_polynomials_are_equal() {
    assertThat(N.plus(1).times(2)).isEqualTo(N.times(2).plus(2)).hasToString("2·N+2");
    assertThat(N.times(H)).isEqualTo(H.times(N));
    assertThat(N.minus(N)).isEqualTo(Dim.ZERO);
    assertThat(N.plus(1)).isNotEqualTo(N.plus(2));
  }

  @Test
  void floor_division_is_exact_where_terms_divide() {
    assertThat(N.times(6).plus(4).floorDiv(2)).isEqualTo(N.times(3).plus(2));
    assertThat(N.times(H).floorDiv(H)).isEqualTo(N);
    assertThat(N.plus(H).floorDiv(N.plus(H))).isEqualTo(Dim.ONE);
    assertThat(Dim.of(-7).floorDiv(2)).isEqualTo(Dim.of(-4));
  }

  @Test
  void floor_division_that_does_not_divide_waits_for_numbers() {
    Dim pooled = H.minus(Dim.of(3)).floorDiv(2).plus(1);
    assertThat(pooled.isFixed()).isFalse();
    for (long h = 3; h < 20; h++) {
      long height = h;
      assertThat(pooled.bind(name -> Dim.of(height)).value())
          .as("H = %s", h)
          .isEqualTo(Math.floorDiv(h - 3, 2) + 1);
    }
  }

  @Test
  void a_part_that_divides_is_taken_out_of_a_floor() {
    Dim half = H.times(2).plus(3).floorDiv(2);
    for (long h = -5; h < 6; h++) {
      long height = h;
      assertThat(half.bind(name -> Dim.of(height)).value()).isEqualTo(Math.floorDiv(2 * h + 3, 2));
    }
  }

  @Test
  void sizes_that_may_be_equal_match() {
    assertThat(N.matches(Dim.of(3))).isTrue();
    assertThat(N.plus(1).matches(N)).isFalse();
    assertThat(Dim.of(3).matches(Dim.of(4))).isFalse();
  }

  @Test
  void a_symbol_has_no_value_and_zero_divides_nothing() {
    assertThatThrownBy(N::value)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("N");
    assertThatThrownBy(() -> N.floorDiv(0)).isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> Dim.of(Long.MAX_VALUE).plus(1))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> Dim.symbol("2N")).isInstanceOf(IllegalArgumentException.class);
  }
}
