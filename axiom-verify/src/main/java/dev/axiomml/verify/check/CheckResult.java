package dev.axiomml.verify.check;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.model.OverallOutcome;
import dev.axiomml.core.model.RequiredEvidence;
import dev.axiomml.verify.check.integer.CheckRefusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What the check of a certificate established: a list of statements, or why there is none.
 *
 * @param outcome all of it in one word
 * @param claims every claim with how it stands, in the certificate's order; none where the
 *     certificate is not valid or the check was not finished
 * @param fault the first place that is not confirmed, or the limit that was reached
 * @param wide the places, from 1, of leaves of the proof at fault on which the bounds of the check
 *     do not show the claim, at whose middle they do not show that it breaks either; no more than
 *     some
 */
public record CheckResult(
    Outcome outcome, List<CheckedClaim> claims, Optional<Diagnosis> fault, List<Long> wide) {
  /** All of a check in one word. */
  public enum Outcome {
    /** There is at least one claim, and every one is established. */
    VALID("valid"),
    /** Everything is as the certificate says, and it says that a claim is false. */
    REFUTED("refuted"),
    /** Everything is as the certificate says, and a claim is open. */
    OPEN("open"),
    /** There is no claim. */
    EMPTY("nothing established"),
    /** Something is not as the certificate says. */
    NOT_VALID("not valid"),
    /** A limit was reached before the end. */
    UNFINISHED("not finished");

    private final String word;

    Outcome(String word) {
      this.word = word;
    }

    /** The word that is printed first. */
    public String word() {
      return word;
    }
  }

  /** Copies the lists. */
  public CheckResult {
    wide = List.copyOf(wide);
    claims = List.copyOf(claims);
  }

  static CheckResult of(List<CheckedClaim> claims) {
    Outcome outcome = Outcome.VALID;
    if (claims.isEmpty()) {
      outcome = Outcome.EMPTY;
    } else if (claims.stream().anyMatch(c -> c.standing() == CheckedClaim.Standing.REFUTED)) {
      outcome = Outcome.REFUTED;
    } else if (claims.stream().anyMatch(CheckedClaim::isOpen)) {
      outcome = Outcome.OPEN;
    }
    return new CheckResult(outcome, claims, Optional.empty(), List.of());
  }

  static CheckResult refused(CheckRefusal refusal) {
    boolean unfinished = refusal.kind() == CheckRefusal.Kind.UNFINISHED;
    return new CheckResult(
        unfinished ? Outcome.UNFINISHED : Outcome.NOT_VALID,
        List.of(),
        Optional.of(refusal.diagnosis()),
        refusal.leaves());
  }

  /**
   * Whether the check came to its end, everything in the certificate is as it says, and something
   * is: at least one claim is established or refuted.
   */
  public boolean isValid() {
    return fault.isEmpty() && !(established().isEmpty() && refuted().isEmpty());
  }

  /**
   * What the check comes to where so much is required of each claim: failed where something is not
   * as the certificate says or a claim is refuted, undecided where the check did not end, a claim
   * does not reach what is required, or there is none.
   */
  public OverallOutcome outcome(RequiredEvidence required) {
    if (outcome == Outcome.NOT_VALID) {
      return OverallOutcome.FAILED;
    }
    return outcome == Outcome.UNFINISHED
        ? OverallOutcome.UNDECIDED
        : OverallOutcome.ofKinds(claims.stream().map(c -> c.standing().kind()).toList(), required);
  }

  /** The claims that are proved, each with what was proved of it. */
  public List<CheckedClaim> established() {
    return select(CheckedClaim::isEstablished);
  }

  /** The claims that a run of the model breaks. */
  public List<CheckedClaim> refuted() {
    return select(claim -> claim.standing() == CheckedClaim.Standing.REFUTED);
  }

  /** The claims of which nothing is established. */
  public List<CheckedClaim> open() {
    return select(CheckedClaim::isOpen);
  }

  private List<CheckedClaim> select(Predicate<CheckedClaim> which) {
    return claims.stream().filter(which).toList();
  }

  /** The outcome, then the claims with what was found of each. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(outcome.word()).append(": ").append(first());
    claims.forEach(claim -> text.append("\n  ").append(claim.toString().replace("\n", "\n  ")));
    return text.toString();
  }

  private String first() {
    if (fault.isPresent()) {
      Diagnosis diagnosis = fault.get();
      String where = diagnosis.where().isEmpty() ? "" : diagnosis.where() + ": ";
      return where
          + diagnosis.what()
          + "\n  why:   "
          + diagnosis.why()
          + "\n  fix:   "
          + diagnosis.fix();
    }
    List<String> counts = new ArrayList<>();
    for (CheckedClaim.Standing standing : CheckedClaim.Standing.values()) {
      long count = claims.stream().filter(claim -> claim.standing() == standing).count();
      if (count > 0) {
        counts.add(count + " " + standing.word());
      }
    }
    return counts.isEmpty() ? "the certificate makes no claim" : String.join(", ", counts);
  }
}
