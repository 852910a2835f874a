package dev.axiomml.verify.report;

import dev.axiomml.core.ir.Node;
import dev.axiomml.core.model.Verdict;
import dev.axiomml.core.model.VerdictKind;
import dev.axiomml.core.property.Region;
import dev.axiomml.core.run.BuildIdentity;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.verify.cert.Claim;
import dev.axiomml.verify.cert.ContentHash;
import java.util.List;
import java.util.Locale;

/** A report as one page that needs nothing beside itself. */
public final class HtmlReport {
  private final ReportContents contents;
  private final SafeMarkup page = new SafeMarkup();

  private HtmlReport(ReportContents contents) {
    this.contents = contents;
  }

  /** The page. */
  public static String of(ReportContents contents) {
    return new HtmlReport(contents).write();
  }

  private String write() {
    page.raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n");
    page.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n");
    page.element("title", contents.outcome() + " · " + contents.model().name());
    page.raw("\n<style>\n" + PageStyle.SHEET + "</style>\n</head>\n<body>\n<main>\n<header>\n<h1>");
    page.text(contents.model().name());
    String style = contents.outcome().toString().toLowerCase(Locale.ROOT);
    page.raw("</h1>\n<p class=\"state " + style + "\">");
    page.text(contents.state() + " — " + contents.tally());
    page.raw("</p>\n</header>\n");
    claims();
    evidence();
    model();
    check();
    return page.raw("</main>\n</body>\n</html>\n").toString();
  }

  private void claims() {
    page.raw("<section>\n<h2>Claims</h2>\n<div class=\"wide\"><table>\n<thead><tr>");
    for (String head : List.of("Verdict", "Claim", "How", "For", "Time")) {
      page.element("th scope=\"col\"", head);
    }
    page.raw("</tr></thead>\n<tbody>\n");
    for (Claim claim : contents.claims()) {
      ReportText line = new ReportText(contents.model(), claim);
      VerdictKind kind = VerdictKind.of(claim.verdict());
      String how = line.how() + line.advice().map(fix -> "; " + fix).orElse("");
      page.raw("<tr><td>")
          .element("span class=\"badge " + kind.label() + "\"", kind.word())
          .raw("</td><td>")
          .element("code", claim.text())
          .raw("</td>")
          .element("td", how)
          .element("td", line.where())
          .element("td class=\"number\"", line.time())
          .raw("</tr>\n");
    }
    page.raw("</tbody>\n</table></div>\n");
    page.element(
        "p class=\"note\"",
        "PROVED holds for every input named, PROVED over the reals for the network without"
            + " rounding, TESTED only for the samples that were run.");
    page.raw("\n</section>\n");
  }

  private void evidence() {
    for (Claim claim : contents.claims()) {
      if (claim.verdict() instanceof Verdict.Refuted refuted) {
        page.raw("<section>\n<h2>Counterexample</h2>\n<p>").element("code", claim.text());
        page.raw("</p>\n");
        pictures(claim, refuted.counterexample());
        numbers(new ReportText(contents.model(), claim), refuted);
        page.raw("</section>\n");
      }
    }
  }

  private void pictures(Claim claim, List<Tensor> inputs) {
    if (inputs.isEmpty() || !HeatMap.fits(inputs.get(0))) {
      return;
    }
    Tensor input = inputs.get(0);
    page.raw("<div class=\"pictures\">\n");
    double[] ends = HeatMap.ends(input);
    String first = contents.model().signature().inputs().get(0).name();
    if (claim.theorem().region().of(first) instanceof Region.Ball ball
        && ball.center().shape().equals(input.shape())) {
      HeatMap.draw(page, "The input at the centre", ball.center(), ends);
      HeatMap.draw(page, "The counterexample", input, ends);
      Tensor moved = difference(input, ball.center());
      HeatMap.draw(page, "What was changed", moved, HeatMap.ends(moved));
    } else {
      HeatMap.draw(page, "The counterexample", input, ends);
    }
    page.raw("</div>\n");
  }

  private static Tensor difference(Tensor a, Tensor b) {
    float[] values = a.toFloats();
    for (int i = 0; i < values.length; i++) {
      values[i] -= b.floatAt(i);
    }
    return Tensor.of(a.shape(), values);
  }

  private void numbers(ReportText line, Verdict.Refuted refuted) {
    List<Tensor> inputs = refuted.counterexample();
    for (int i = 0; i < inputs.size(); i++) {
      numbers("Input " + line.input(i), inputs.get(i));
    }
    refuted.replayed().forEach(output -> numbers("The model’s answer", output));
  }

  private void numbers(String title, Tensor tensor) {
    page.raw("<p>").text(title + ", " + tensor.type() + ": ");
    page.element("code", ReportText.numbers(tensor)).raw("</p>\n");
  }

  private void model() {
    page.raw("<section>\n<h2>Model</h2>\n<p>");
    contents.model().signature().inputs().forEach(port -> page.element("code", "in " + port));
    page.raw("</p>\n<p>");
    contents.model().signature().outputs().forEach(port -> page.element("code", "out " + port));
    page.raw("</p>\n<div class=\"wide\"><table>\n<thead><tr>");
    for (String head : List.of("Layer", "Operator", "Output", "Parameters")) {
      page.element("th scope=\"col\"", head);
    }
    page.raw("</tr></thead>\n<tbody>\n");
    contents.model().graph().layers().forEach(this::layer);
    page.raw("</tbody>\n</table></div>\n</section>\n");
  }

  private void layer(Node node) {
    long count = contents.model().graph().weightCount(node);
    page.raw("<tr>")
        .element("td", node.name())
        .element("td", node.op().title())
        .element("td", String.valueOf(node.out().get(0).type()))
        .element("td class=\"number\"", count == 0 ? "" : String.format(Locale.ROOT, "%,d", count))
        .raw("</tr>\n");
  }

  private void check() {
    page.raw("<section>\n<h2>Certificate</h2>\n<p>The model’s content hash (SHA-256):</p>\n<p>");
    page.element("code class=\"hash\"", ContentHash.of(contents.model()));
    page.raw("</p>\n<p>A certificate saved with ")
        .element("code", "report.certificate().save(path)");
    page.raw(" is checked, without searching again, by</p>\n<pre>");
    page.text("axiom check-certificate certificate.json MODEL")
        .raw("</pre>\n<p>or in Java by</p>\n");
    page.element("pre", "Certificate.load(path).check(model)").raw("\n<p>Written by</p>\n");
    page.element("pre", BuildIdentity.ofThis().toString()).raw("\n</section>\n");
  }
}
