package dev.axiomml.core.model;

import dev.axiomml.core.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/** The answer to one claim. */
public sealed interface Verdict {
  /**
   * It holds for every input of the region.
   *
   * @param method how it was shown, one line
   */
  record Proved(String method) implements Verdict {}

  /**
   * It holds for the network over the real numbers; it is no statement about a float32 program.
   *
   * <p>A case of its own, so that nothing that asks for {@link Proved} ever takes it for a proof
   * about what a program outputs.
   *
   * @param method how it was shown, one line
   */
  record ProvedOverReals(String method) implements Verdict {}

  /**
   * It is false.
   *
   * @param counterexample the inputs, one sample each, with batch axis
   * @param replayed what the model itself answered for them when it was run again
   */
  record Refuted(List<Tensor> counterexample, List<Tensor> replayed) implements Verdict {
    /** Copies the lists. */
    public Refuted {
      counterexample = List.copyOf(counterexample);
      replayed = List.copyOf(replayed);
    }
  }

  /**
   * It held on samples; nothing is known of other inputs.
   *
   * @param samples how many, at least one
   * @param source the file that they came from, where that is known
   */
  record Tested(long samples, Optional<SampleSource> source) implements Verdict {
    /** Refuses a test on nothing. */
    public Tested {
      if (samples < 1) {
        throw new IllegalArgumentException("a test is on at least one sample, got " + samples);
      }
    }

    /** A test on samples that a program gave. */
    public Tested(long samples) {
      this(samples, Optional.empty());
    }
  }

  /**
   * It could not be decided.
   *
   * @param reason why, one sentence, and what to try
   */
  record Unknown(String reason) implements Verdict {}

  /** The word that reports print. */
  default String word() {
    return VerdictKind.of(this).word();
  }
}
