package dev.axiomml.core.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiomml.core.error.ShapeException;
import org.junit.jupiter.api.Test;

class SizeAtomTest {
  private static final Dim N = Dim.symbol("N");
  private static final Dim M = Dim.symbol("M");

  private static Dim at(Dim size, long n, long m) {
    return size.bind(symbol -> Dim.of(symbol.equals("N") ? n : m));
  }

  @Test
  void broadcast_sizes_are_the_wider_one_or_do_not_fit() {
    Dim both = N.broadcast(M);
    assertThat(at(both, 1, 4)).isEqualTo(Dim.of(4));
    assertThat(at(both, 4, 1)).isEqualTo(Dim.of(4));
    assertThat(at(both, 0, 1)).isEqualTo(Dim.ZERO);
    assertThatThrownBy(() -> at(both, 2, 3)).isInstanceOf(ShapeException.class);
    assertThat(M.broadcast(N)).isEqualTo(both);
    assertThat(both.broadcast(N)).isEqualTo(both);
    assertThat(N.broadcast(Dim.of(3))).isEqualTo(Dim.of(3));
  }

  @Test
  void the_smaller_and_the_positive_agree_with_numbers() {
    for (long n = 0; n < 6; n++) {
      for (long m = 0; m < 6; m++) {
        assertThat(at(N.least(M), n, m)).isEqualTo(Dim.of(Math.min(n, m)));
        assertThat(at(N.minus(M).positive(), n, m)).isEqualTo(Dim.of(Math.max(0, n - m)));
      }
    }
  }

  @Test
  void what_is_left_of_an_axis_on_both_sides_has_one_normal_form() {
    Dim withoutLast = N.plus(-1).positive();
    assertThat(N.minus(Dim.ONE.least(N))).isEqualTo(withoutLast);
    assertThat(N.plus(3).positive()).isEqualTo(N.plus(3));
    assertThat(N.times(-1).positive()).isEqualTo(Dim.ZERO);
  }
}
