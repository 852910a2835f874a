package dev.axiomml.verify.search;

import dev.axiomml.verify.attack.Witness;
import dev.axiomml.verify.cert.ProofLine;

/** How a search ended. */
public sealed interface Found {
  /** Every box is shown. */
  record Shown(ProofLine proof, long boxes) implements Found {}

  /** An input breaks the claim. */
  record Broken(Witness witness) implements Found {}

  /** Neither, for a reason in one sentence. */
  record Open(String reason, long boxes) implements Found {}
}
