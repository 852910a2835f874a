package dev.axiomml.interop.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The gate's share of the random nodes; the long run is in CONTRIBUTING. */
class OnnxNodesFuzzTest {
  private static final long SEED = 20261130;
  private static final int NODES = 2000;

  @Test
  void random_nodes_are_answered_as_onnx_runtime_does_or_refused() throws IOException {
    assertThat(OnnxNodesFuzz.first(SEED, NODES)).as("false answers, seed %d", SEED).isZero();
  }
}
