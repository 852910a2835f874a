package dev.axiomml.core.model;

import java.util.List;

/** What a verification found, claim by claim. */
public interface VerificationFindings {
  /**
   * One claim and its answer.
   *
   * @param claim in the text form of properties
   */
  record Finding(String claim, Verdict verdict, double seconds) {}

  /** All claims, in the order in which they were asked. */
  List<Finding> findings();

  /** What the answers come to where so much is required of each. */
  default OverallOutcome outcome(RequiredEvidence required) {
    return OverallOutcome.of(findings().stream().map(Finding::verdict).toList(), required);
  }

  /**
   * Whether there is a claim and each is proved, proved over the reals or tested; one that is
   * refuted or unknown, or no claim at all, is no pass.
   */
  default boolean passed() {
    return outcome(RequiredEvidence.TESTED) == OverallOutcome.PASSED;
  }
}
