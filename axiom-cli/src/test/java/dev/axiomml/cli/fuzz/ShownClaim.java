package dev.axiomml.cli.fuzz;

import java.util.List;

/**
 * What a surface shows of one claim; what it does not show is empty.
 *
 * @param word the verdict
 * @param text the claim
 * @param how how it was found
 * @param where the inputs that it speaks of
 * @param seconds how long it took, −1 where that is not shown
 * @param run the inputs that break it with what the model answered, where all numbers are shown
 */
record ShownClaim(String word, String text, String how, String where, double seconds, Run run) {
  /** Inputs and the answers to them. */
  record Run(List<float[]> in, List<float[]> out) {
    static final Run NONE = new Run(List.of(), List.of());
  }

  static final String PROVED = "PROVED";
  static final String REALS = "PROVED over the reals";
  static final String TESTED = "TESTED";
  static final String REFUTED = "REFUTED";
  static final String UNKNOWN = "UNKNOWN";

  /** All words, the longer before the one that it begins with. */
  static final List<String> WORDS = List.of(REALS, PROVED, TESTED, REFUTED, UNKNOWN);

  List<float[]> counterexample() {
    return run.in();
  }

  List<float[]> replayed() {
    return run.out();
  }

  /** Whether it counts as passed where so much is required. */
  boolean passes(String required) {
    return switch (word) {
      case PROVED -> true;
      case REALS -> !required.equals("proved");
      case TESTED -> required.equals("tested");
      default -> false;
    };
  }

  boolean is(String other) {
    return word.equals(other);
  }
}
