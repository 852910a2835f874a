package dev.axiomml.verify.cert;

import dev.axiomml.core.property.PropertyText;
import dev.axiomml.core.property.Theorem;

/**
 * A theorem and how it was shown.
 *
 * @param theorem the region as it was resolved (never {@code Declared}) and the formula as claimed
 * @param semantics what the theorem speaks of
 * @param tree the proof
 */
public record Proof(Theorem<?> theorem, Semantics semantics, ProofTree tree) {
  /** The theorem in its text form. */
  public String claim() {
    return PropertyText.of(theorem);
  }
}
