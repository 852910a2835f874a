package dev.axiomml.verify.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The fuzzers on the first cases of a fixed seed; a failure prints the seed and the case. */
class FuzzGateTest {
  private static final long SEED = 7;

  @Test
  void no_formula_gets_a_false_answer() {
    assertThat(FormulaFuzz.run(SEED, RunLength.ofCases(60))).isPositive();
  }

  @Test
  void no_graph_gets_a_false_bound() {
    assertThat(GraphFuzz.run(SEED, RunLength.ofCases(180))).isPositive();
  }

  @Test
  void no_forged_proof_is_confirmed_of_something_false() {
    assertThat(LeafFuzz.run(SEED, RunLength.ofCases(200))).isPositive();
  }
}
