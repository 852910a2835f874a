package dev.axiomml.cli.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.verify.fuzz.RunLength;
import org.junit.jupiter.api.Test;

/** The fuzzer of surfaces on the first cases of a fixed seed; a failure prints seed and case. */
class SurfaceFuzzTest {
  @Test
  void no_surface_says_what_is_not_so() {
    assertThat(SurfaceFuzz.run(7, RunLength.ofCases(60))).isPositive();
  }
}
