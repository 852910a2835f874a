package dev.axiomml.verify;

import dev.axiomml.testing.OpSamples;
import dev.axiomml.testing.OpSamples.OpSample;
import java.util.Map;
import java.util.stream.Stream;

/** Samples of operators of which weights are known, and of which they are inputs like others. */
public final class OpenWeights {
  private OpenWeights() {}

  /** All samples; those of weights twice, known and open. */
  public static Stream<OpSample> both() {
    return OpSamples.all().stream()
        .flatMap(s -> s.weights().isEmpty() ? Stream.of(s) : Stream.of(s, open(s)));
  }

  private static OpSample open(OpSample s) {
    return new OpSample(s.op(), s.in(), s.low(), s.high(), Map.of());
  }
}
