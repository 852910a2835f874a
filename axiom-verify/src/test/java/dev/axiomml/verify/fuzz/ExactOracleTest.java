package dev.axiomml.verify.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.verify.fuzz.ExactOracle.Grid;
import dev.axiomml.verify.fuzz.ExactOracle.Truth;
import dev.axiomml.verify.fuzz.Quantity.Decimal;
import dev.axiomml.verify.fuzz.Quantity.Entry;
import dev.axiomml.verify.fuzz.Quantity.Folded;
import dev.axiomml.verify.fuzz.Quantity.Joined;
import dev.axiomml.verify.fuzz.Sentence.Asked;
import dev.axiomml.verify.fuzz.Sentence.Compared;
import dev.axiomml.verify.fuzz.Sentence.Denied;
import dev.axiomml.verify.fuzz.Sentence.Largest;
import dev.axiomml.verify.fuzz.Sentence.Linked;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The judge of the fuzzers, on what the definition of formulas says in words. */
class ExactOracleTest {
  private static final Quantity FIRST = new Entry(true, List.of(0));

  private static Truth of(Sentence sentence, float... output) {
    Grid grid = new Grid(new int[] {output.length}, output);
    return new ExactOracle(grid, grid).of(sentence);
  }

  private static Sentence compared(Quantity left, String relation, String right) {
    return new Compared(left, relation, new Decimal(right));
  }

  @Test
  void decimals_are_what_they_say() {
    Quantity tenth = new Joined('*', new Joined('*', FIRST, new Decimal("0.1")), new Decimal("10"));
    assertThat(of(new Compared(tenth, "==", FIRST), 0.3f)).isEqualTo(Truth.HOLDS);
    assertThat(of(compared(FIRST, "<", "0.1"), 0.1f)).isEqualTo(Truth.FAILS);
    Quantity more = new Joined('+', FIRST, new Decimal("1"));
    assertThat(of(new Compared(more, ">", FIRST), 1e30f)).isEqualTo(Truth.HOLDS);
    Quantity nothing = new Joined('-', new Decimal("1e999"), new Decimal("1e999"));
    assertThat(of(new Compared(FIRST, "<=", nothing), 0)).isEqualTo(Truth.HOLDS);
  }

  @Test
  void what_is_not_finite_makes_an_atom_and_its_denial_false() {
    Sentence small = compared(FIRST, "<=", "1");
    for (float wild : new float[] {Float.NaN, Float.NEGATIVE_INFINITY}) {
      assertThat(of(small, wild, 0)).isEqualTo(Truth.FAILS);
      assertThat(of(new Denied(small), wild, 0)).isEqualTo(Truth.FAILS);
      assertThat(of(small, 0, wild)).isEqualTo(Truth.HOLDS);
      assertThat(of(new Largest(true, List.of(), 1), wild, 0)).isEqualTo(Truth.FAILS);
      assertThat(of(new Denied(new Largest(true, List.of(), 1)), wild, 0)).isEqualTo(Truth.FAILS);
      assertThat(of(new Denied(new Asked("finite", true)), wild, 0)).isEqualTo(Truth.HOLDS);
    }
    assertThat(of(new Asked("no_nan", true), Float.POSITIVE_INFINITY)).isEqualTo(Truth.HOLDS);
    Sentence follows = new Linked("implies", small, compared(FIRST, ">", "5"));
    assertThat(of(follows, Float.NaN)).isEqualTo(Truth.FAILS);
  }

  @Test
  void nearly_equal_has_the_room_of_a_sum_or_a_millionth() {
    Sentence sum = new Compared(new Folded("sum", true), "≈", new Decimal("1"));
    assertThat(of(sum, 0.5f, 0.5f + 7 * 0x1p-24f)).isEqualTo(Truth.HOLDS);
    assertThat(of(sum, 0.5f, 0.5f + 8 * 0x1p-24f)).isEqualTo(Truth.FAILS);
    assertThat(of(compared(FIRST, "≈", "1000000.9"), 1_000_000)).isEqualTo(Truth.HOLDS);
    assertThat(of(compared(FIRST, "≈", "1000001.1"), 1_000_000)).isEqualTo(Truth.FAILS);
  }

  @Test
  void roots_decide_where_they_can() {
    Quantity norm = new Folded("norm2", true);
    assertThat(of(compared(norm, "<", "1.4142135623730951"), 1, 1)).isEqualTo(Truth.HOLDS);
    assertThat(of(compared(norm, "<", "1.414213562373095"), 1, 1)).isEqualTo(Truth.FAILS);
    assertThat(of(new Compared(norm, "==", norm), 1, 1)).isEqualTo(Truth.OPEN);
  }

  @Test
  void the_arg_max_speaks_of_every_row_and_ties_count() {
    Grid grid = new Grid(new int[] {2, 2}, new float[] {1, 2, 3, 3});
    ExactOracle oracle = new ExactOracle(grid, grid);
    assertThat(oracle.of(new Largest(true, List.of(), 1))).isEqualTo(Truth.HOLDS);
    assertThat(oracle.of(new Largest(true, List.of(), 0))).isEqualTo(Truth.FAILS);
    assertThat(oracle.of(new Largest(true, List.of(1), 0))).isEqualTo(Truth.HOLDS);
    assertThat(oracle.of(new Largest(true, List.of(0), 0))).isEqualTo(Truth.FAILS);
    assertThat(oracle.mentionsAbsent(new Largest(true, List.of(), 2))).isTrue();
    assertThat(oracle.mentionsAbsent(new Largest(true, List.of(2), 0))).isTrue();
  }
}
