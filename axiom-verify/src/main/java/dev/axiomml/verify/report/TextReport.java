package dev.axiomml.verify.report;

import dev.axiomml.core.model.Verdict;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.verify.cert.Claim;
import java.util.List;

/** A report for a terminal. */
public final class TextReport {
  private static final String INDENT = " ".repeat(11);

  private TextReport() {}

  /** The first line says whether it passed; then some lines a claim. */
  public static String of(ReportContents contents) {
    StringBuilder text = new StringBuilder();
    text.append(contents.state()).append("  ");
    text.append(contents.model().name()).append(": ").append(contents.tally()).append('\n');
    for (Claim claim : contents.claims()) {
      ReportText line = new ReportText(contents.model(), claim);
      text.append(String.format("  %-8s %s%n", claim.verdict().word(), claim.text()));
      text.append(INDENT).append(line.how()).append('\n');
      text.append(INDENT).append(line.where()).append("; ").append(line.time()).append('\n');
      line.advice().ifPresent(fix -> text.append(INDENT).append(fix).append('\n'));
      if (claim.verdict() instanceof Verdict.Refuted refuted) {
        evidence(text, line, refuted);
      }
    }
    return text.toString();
  }

  private static void evidence(StringBuilder text, ReportText line, Verdict.Refuted refuted) {
    List<Tensor> inputs = refuted.counterexample();
    for (int i = 0; i < inputs.size(); i++) {
      line(text, String.format("%-7s ", line.input(i)), inputs.get(i));
    }
    refuted.replayed().forEach(output -> line(text, "output  ", output));
  }

  private static void line(StringBuilder text, String name, Tensor tensor) {
    text.append(INDENT).append(name).append(ReportText.numbers(tensor)).append('\n');
  }
}
