package dev.axiomml.verify.junit;

import dev.axiomml.core.model.VerdictKind;
import dev.axiomml.verify.Report;
import dev.axiomml.verify.cert.Claim;

/** What a failed assertion says: the report, and something to do. */
final class AssertionMessage {
  private AssertionMessage() {}

  static String text(Report report) {
    StringBuilder text = new StringBuilder(report.toString());
    report.claims().forEach(claim -> text.append(fix(claim)));
    return text.toString();
  }

  private static String fix(Claim claim) {
    return switch (VerdictKind.of(claim.verdict())) {
      case PROVED -> "";
      case REALS -> "  fix:   ask without requiring(PROVED) where real arithmetic is enough\n";
      case TESTED -> "  fix:   ask with ensures(property, data) where tests are enough\n";
      case REFUTED ->
          "  fix:   look at this input with model.predict(x); claim less, a smaller region or a"
              + " weaker bound, or train the model for it\n";
      case UNKNOWN ->
          "  fix:   give it more time with within(Duration.ofSeconds(60)), a smaller region, or"
              + " declare the input's domain\n";
    };
  }
}
