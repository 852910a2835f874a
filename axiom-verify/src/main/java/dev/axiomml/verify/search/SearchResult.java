package dev.axiomml.verify.search;

import dev.axiomml.verify.attack.AttackWitness;
import dev.axiomml.verify.cert.ProofLine;

/** How a search ended. */
public sealed interface SearchResult {
  /** Every box is shown. */
  record Shown(ProofLine proof, long boxes) implements SearchResult {}

  /** An input breaks the claim. */
  record Broken(AttackWitness witness) implements SearchResult {}

  /** Neither, for a reason in one sentence. */
  record Open(String reason, long boxes) implements SearchResult {}
}
