package dev.axiomml.verify.cert;

import dev.axiomml.core.model.Verdict;
import dev.axiomml.core.property.PropertyText;
import dev.axiomml.core.property.Theorem;
import java.util.Objects;
import java.util.Optional;

/**
 * A claim, its answer, and what stands behind the answer.
 *
 * @param theorem what was asked
 * @param verdict the answer
 * @param proof the proof, there exactly when the verdict is {@code Proved} (by a proof about
 *     float32 executions) or {@code ProvedOverReals} (by one about real numbers)
 * @param samples samples on which it was run as well; they prove nothing, 0 for none
 * @param seconds how long the answer took
 */
public record Claim(
    Theorem<?> theorem, Verdict verdict, Optional<Proof> proof, long samples, double seconds) {
  /** Refuses a proof without its verdict and the other way round. */
  public Claim {
    Objects.requireNonNull(theorem);
    if (!semantics(verdict).equals(proof.map(Proof::semantics))) {
      throw new IllegalArgumentException(
          "a claim carries a proof exactly when it is proved, of the semantics that its verdict"
              + " names; got "
              + verdict.word()
              + proof.map(p -> " with a proof of " + p.semantics()).orElse(" without a proof"));
    }
    if (samples < 0 || !(seconds >= 0)) {
      throw new IllegalArgumentException(
          "samples and seconds are at least 0, got " + samples + " and " + seconds);
    }
  }

  /** What a proof behind a verdict must speak of; empty where none stands behind it. */
  private static Optional<ProofSemantics> semantics(Verdict verdict) {
    if (verdict instanceof Verdict.Proved) {
      return Optional.of(ProofSemantics.FLOAT32);
    }
    return verdict instanceof Verdict.ProvedOverReals
        ? Optional.of(ProofSemantics.REAL)
        : Optional.empty();
  }

  /**
   * The claim in the text form of properties; what was only tested is the formula alone, for it was
   * not shown of all inputs.
   */
  public String text() {
    return verdict instanceof Verdict.Tested
        ? PropertyText.of(theorem.formula())
        : PropertyText.of(theorem);
  }
}
