package dev.axiomml.core.model;

import dev.axiomml.core.tensor.Tensor;
import java.util.List;

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
   * @param samples how many
   */
  record Tested(long samples) implements Verdict {}

  /**
   * It could not be decided.
   *
   * @param reason why, one sentence, and what to try
   */
  record Unknown(String reason) implements Verdict {}

  /** The word that reports print. */
  default String word() {
    return this instanceof ProvedOverReals
        ? "PROVED over the reals"
        : getClass().getSimpleName().toUpperCase(java.util.Locale.ROOT);
  }
}
