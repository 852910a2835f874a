package dev.axiomml.verify.check;

/** What the check of a certificate found. */
public sealed interface CheckResult {
  /**
   * Every proof was followed to its end and every counterexample was run.
   *
   * @param proofs claims that are proved
   * @param leaves boxes on which they were shown again
   * @param counterexamples claims that are refuted
   * @param open claims that are tested or unknown; nothing is certified of them
   */
  record Valid(int proofs, long leaves, int counterexamples, int open) implements CheckResult {
    @Override
    public String toString() {
      return "valid: %d proved (%d boxes), %d refuted, %d open"
          .formatted(proofs, leaves, counterexamples, open);
    }
  }

  /**
   * The certificate does not hold what it says.
   *
   * @param where the first place that is not confirmed: a claim and the path in its tree
   * @param why what was found there
   */
  record Invalid(String where, String why) implements CheckResult {
    @Override
    public String toString() {
      return "not valid: " + where + ": " + why;
    }
  }

  /** Whether everything was confirmed. */
  default boolean isValid() {
    return this instanceof Valid;
  }
}
