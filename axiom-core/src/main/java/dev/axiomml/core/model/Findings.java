package dev.axiomml.core.model;

import java.util.List;

/** What a verification found, claim by claim. */
public interface Findings {
  /**
   * One claim and its answer.
   *
   * @param claim in the text form of properties
   */
  record Finding(String claim, Verdict verdict, double seconds) {}

  /** All claims, in the order in which they were asked. */
  List<Finding> findings();

  /** Whether no claim is refuted or unknown. */
  default boolean passed() {
    return findings().stream()
        .allMatch(
            f ->
                f.verdict() instanceof Verdict.Proved
                    || f.verdict() instanceof Verdict.ProvedOverReals
                    || f.verdict() instanceof Verdict.Tested);
  }
}
