package dev.axiomml.core.model;

import java.util.List;

/**
 * What several verdicts come to: one refuted claim fails them all, one claim that does not pass
 * leaves them undecided, and nothing asked is no pass.
 */
public enum OverallOutcome {
  /** At least one claim, and each of them passes. */
  PASSED("✓", 0),
  /** A claim is refuted. */
  FAILED("✗", 1),
  /** None is refuted, and one does not pass or there is none. */
  UNDECIDED("?", 2);

  private final String sign;
  private final int exit;

  OverallOutcome(String sign, int exit) {
    this.sign = sign;
    this.exit = exit;
  }

  /** The outcome of verdicts where so much is required of each. */
  public static OverallOutcome of(List<Verdict> verdicts, RequiredEvidence required) {
    return ofKinds(verdicts.stream().map(VerdictKind::of).toList(), required);
  }

  /** The outcome of kinds of verdict where so much is required of each. */
  public static OverallOutcome ofKinds(List<VerdictKind> kinds, RequiredEvidence required) {
    if (kinds.contains(VerdictKind.REFUTED)) {
      return FAILED;
    }
    boolean all = !kinds.isEmpty() && kinds.stream().allMatch(kind -> kind.passes(required));
    return all ? PASSED : UNDECIDED;
  }

  /** The sign that is printed before it. */
  public String sign() {
    return sign;
  }

  /** The exit code of a command that ends so. */
  public int exit() {
    return exit;
  }
}
