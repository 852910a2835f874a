package dev.axiomml.verify.cert;

import dev.axiomml.core.property.PropertyText;
import dev.axiomml.core.property.Theorem;

/**
 * A theorem and how it was shown.
 *
 * @param theorem the region as it was resolved (never {@code Declared}) and the formula as claimed
 * @param semantics what the theorem speaks of
 * @param line the proof tree, in one line
 */
public record Proof(Theorem<?> theorem, ProofSemantics semantics, ProofLine line) {
  /** The same from a tree in memory. */
  public Proof(Theorem<?> theorem, ProofSemantics semantics, ProofTree tree) {
    this(theorem, semantics, ProofLine.of(tree));
  }

  /** The theorem in its text form. */
  public String claim() {
    return PropertyText.of(theorem);
  }
}
