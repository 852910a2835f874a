package dev.axiomml.verify.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The short form of the long campaign, which CONTRIBUTING tells how to run. */
class BoundsFuzzTest {
  @Test
  void no_execution_leaves_the_bounds_of_random_operators() {
    assertThat(BoundsFuzz.run(20261130, RunLength.ofCases(1_000))).isEqualTo(1_000);
  }
}
