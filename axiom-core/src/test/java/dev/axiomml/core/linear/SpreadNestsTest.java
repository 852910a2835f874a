package dev.axiomml.core.linear;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadNestsTest {
  /** Two samples of six elements, in blocks of three: the second block of a sample is far away. */
  private static final SpreadNests TWO = new SpreadNests(2, List.of(2, 3, 0));

  private static LoopNest one(int first) {
    return LoopNest.plain(List.of(Loop.of(2, 1, 1))).from(0, first, 0);
  }

  private static LoopNest two(int first) {
    return LoopNest.plain(List.of(Loop.of(2, 2, 3), Loop.of(2, 1, 1))).from(0, first, 0);
  }

  /** Mutation: a loop that leaves its block, which then reads the next sample. */
  @Test
  void what_lies_across_the_end_of_a_block_is_not_its_neighbours() {
    assertThat(TWO.holds(List.of(one(1)), List.of(two(1)))).isTrue();
    assertThat(TWO.holds(List.of(one(4)), List.of(two(7)))).isTrue();
    assertThat(TWO.holds(List.of(one(2)), List.of(two(2)))).isFalse();
  }

  @Test
  void a_product_too_much_or_elsewhere_is_no_copy() {
    assertThat(TWO.holds(List.of(one(1)), List.of(two(1), two(1)))).isFalse();
    assertThat(TWO.holds(List.of(one(1)), List.of(two(0)))).isFalse();
    assertThat(TWO.holds(List.of(one(1)), List.of(one(1)))).isFalse();
  }
}
