package dev.axiomml.verify.search;

import dev.axiomml.verify.attack.AttackWitness;
import dev.axiomml.verify.cert.ProofLine;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** How a search ended. */
public sealed interface SearchResult {
  /**
   * Every box is shown.
   *
   * @param again goes on from leaves of the proof, by their places in it from 1, that another
   *     arithmetic does not show; empty where the search ends here
   */
  record Shown(ProofLine proof, long boxes, Optional<Function<List<Long>, SearchResult>> again)
      implements SearchResult {}

  /** An input breaks the claim. */
  record Broken(AttackWitness witness) implements SearchResult {}

  /** Neither, for a reason in one sentence. */
  record Open(String reason, long boxes) implements SearchResult {}
}
