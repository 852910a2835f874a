package dev.axiomml.verify.report;

import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Verdict;
import dev.axiomml.verify.cert.Claim;
import java.util.List;

/**
 * What a report tells.
 *
 * @param model the model that was asked
 * @param claims the claims with their answers, in the order in which they were asked
 */
public record Contents(Model<?> model, List<Claim> claims) {
  /** Copies the list. */
  public Contents {
    claims = List.copyOf(claims);
  }

  /** Whether no claim is refuted or unknown. */
  public boolean passed() {
    return claims.stream()
        .map(Claim::verdict)
        .noneMatch(v -> v instanceof Verdict.Refuted || v instanceof Verdict.Unknown);
  }

  /**
   * {@code PASSED}, {@code FAILED} where one is refuted, {@code UNDECIDED} where one is unknown.
   */
  String state() {
    boolean refuted = claims.stream().anyMatch(c -> c.verdict() instanceof Verdict.Refuted);
    return passed() ? "PASSED" : refuted ? "FAILED" : "UNDECIDED";
  }

  /** The sign before the state. */
  String sign() {
    return passed() ? "✓" : state().equals("FAILED") ? "✗" : "?";
  }

  /** {@code 2 proved, 1 tested}; words that count nothing are left out. */
  String tally() {
    StringBuilder text = new StringBuilder();
    for (String word : List.of("PROVED", "PROVED over the reals", "TESTED", "REFUTED", "UNKNOWN")) {
      long count = claims.stream().filter(c -> c.verdict().word().equals(word)).count();
      if (count > 0) {
        text.append(text.length() == 0 ? "" : ", ").append(count).append(' ');
        text.append(word.toLowerCase(java.util.Locale.ROOT));
      }
    }
    return text.length() == 0 ? "nothing was asked" : text.toString();
  }
}
