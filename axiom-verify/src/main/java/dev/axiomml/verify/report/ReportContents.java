package dev.axiomml.verify.report;

import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.OverallOutcome;
import dev.axiomml.core.model.RequiredEvidence;
import dev.axiomml.core.model.VerdictKind;
import dev.axiomml.verify.cert.Claim;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a report tells.
 *
 * @param model the model that was asked
 * @param claims the claims with their answers, in the order in which they were asked
 * @param required how much must stand behind each before it passes
 */
public record ReportContents(Model<?> model, List<Claim> claims, RequiredEvidence required) {
  /** Copies the list. */
  public ReportContents {
    claims = List.copyOf(claims);
  }

  /** What the answers come to. */
  public OverallOutcome outcome() {
    return OverallOutcome.of(claims.stream().map(Claim::verdict).toList(), required);
  }

  /** {@code ✓ PASSED}. */
  String state() {
    return outcome().sign() + " " + outcome();
  }

  /** {@code 2 proved, 1 tested}; kinds that count nothing are left out. */
  String tally() {
    List<VerdictKind> kinds = claims.stream().map(c -> VerdictKind.of(c.verdict())).toList();
    String counts =
        Arrays.stream(VerdictKind.values())
            .filter(kinds::contains)
            .map(kind -> Collections.frequency(kinds, kind) + " " + lower(kind.word()))
            .collect(Collectors.joining(", "));
    String missing =
        outcome() != OverallOutcome.UNDECIDED || kinds.contains(VerdictKind.UNKNOWN)
            ? ""
            : "; required: " + required;
    return kinds.isEmpty() ? "nothing was asked" : counts + missing;
  }

  private static String lower(String word) {
    return word.toLowerCase(Locale.ROOT);
  }
}
