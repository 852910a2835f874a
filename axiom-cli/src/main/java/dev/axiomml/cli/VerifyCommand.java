package dev.axiomml.cli;

import dev.axiomml.core.model.DataLoader;
import dev.axiomml.core.model.Findings;
import dev.axiomml.core.model.Layout;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Verdict;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.property.Property;
import dev.axiomml.core.property.PropertyText;
import dev.axiomml.core.property.Theorem;
import dev.axiomml.core.tensor.Npy;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.verify.Budget;
import dev.axiomml.verify.Report;
import dev.axiomml.verify.Verifier;
import dev.axiomml.verify.cert.Claim;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code axiom verify}. */
@picocli.CommandLine.Command(
    name = "verify",
    description =
        "Answers claims about a model: PROVED for all inputs, REFUTED by one, TESTED on data, or"
            + " UNKNOWN.",
    footer = {
      "",
      "Claims:   [∀x [∈ region].] formula          region: [0, 1], linf(x.npy, 0.03), l2(…), l1(…)",
      "formula:  no_nan(output), no_inf(…), finite(…), valid_probabilities(…), argmax(output) =="
          + " 3,",
      "          output[0] >= 2 * output[1] - 1, sum(output) ≈ 1, max, min, norm1, norm2, norminf,",
      "          joined with and, or, implies, not. Subjects: output, x, softmax(x).",
      "Exit 0: all proved or tested. 1: one is refuted. 2: one is not decided."
    })
final class VerifyCommand extends Command {
  @Mixin private ModelArgument model = new ModelArgument();

  @Option(
      names = "--ensure",
      paramLabel = "FORMULA",
      description = "A formula that predictions shall keep: proved, else tested on --data.")
  private List<String> ensures = new ArrayList<>();

  @Option(
      names = "--prove",
      paramLabel = "CLAIM",
      description = "A claim about all inputs of a region.")
  private List<String> theorems = new ArrayList<>();

  @Option(
      names = "--data",
      paramLabel = "X.npy",
      description = "Samples to test on, the batch first; they never narrow a claim.")
  private Optional<Path> data = Optional.empty();

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "For each claim (default: 60).")
  private double timeout = 60;

  @Option(names = "--threads", paramLabel = "N", description = "Boxes judged at once (default: 1).")
  private int threads = 1;

  @Option(
      names = "--certificate",
      paramLabel = "C.json",
      description = "Where the certificate goes.")
  private Optional<Path> certificate = Optional.empty();

  @Option(
      names = "--html",
      paramLabel = "R.html",
      description = "Where a report for a browser goes.")
  private Optional<Path> html = Optional.empty();

  @Option(names = "--json", description = "Print the report as JSON instead of text.")
  private boolean json;

  @Override
  public Integer call() {
    Report report = verify(model.open(Layout.AS_FILE));
    out().println(json ? report.toJson() : report.toString());
    certificate.ifPresent(path -> report.certificate().save(path));
    html.ifPresent(report::writeHtml);
    return exit(report);
  }

  private <O extends Output> Report verify(Model<O> opened) {
    Progress shown = new Progress(notes(), watched());
    Budget budget = Budget.seconds(timeout).threads(threads).progress(shown);
    List<Theorem<Output>> asked = theorems.stream().map(PropertyText::<Output>theorem).toList();
    List<Property<Output>> kept =
        ensures.stream().map(text -> new Property<Output>(PropertyText.formula(text))).toList();
    List<Claim> claims = new ArrayList<>(Verifier.prove(opened, asked, budget).claims());
    claims.addAll(
        data.isPresent()
            ? Verifier.verify(opened, kept, samples(data.get()), budget).claims()
            : Verifier.verify(opened, kept, budget).claims());
    shown.end();
    return Report.of(opened, claims);
  }

  private static DataLoader samples(Path path) {
    Tensor x = Npy.read(path);
    return DataLoader.of(
        x, Tensor.ofLongs(Shape.of(x.shape().dim(0)), new long[x.shape().size(0)]));
  }

  private static int exit(Report report) {
    List<Verdict> verdicts = report.findings().stream().map(Findings.Finding::verdict).toList();
    if (verdicts.stream().anyMatch(v -> v instanceof Verdict.Refuted)) {
      return Exit.NO;
    }
    return verdicts.stream().anyMatch(v -> v instanceof Verdict.Unknown) ? Exit.UNKNOWN : Exit.OK;
  }
}
