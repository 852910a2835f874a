package dev.axiomml.cli.command;

import dev.axiomml.cli.argument.DomainOption;
import dev.axiomml.cli.argument.GivenOption;
import dev.axiomml.cli.argument.ModelArgument;
import dev.axiomml.cli.argument.OutputDestination;
import dev.axiomml.cli.argument.SearchOptions;
import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.model.DataLoader;
import dev.axiomml.core.model.Layout;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.RequiredEvidence;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.property.Property;
import dev.axiomml.core.property.PropertyText;
import dev.axiomml.core.property.Subject;
import dev.axiomml.core.property.Theorem;
import dev.axiomml.core.tensor.Npy;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.verify.Budget;
import dev.axiomml.verify.Report;
import dev.axiomml.verify.VerificationRequest;
import dev.axiomml.verify.Verifier;
import dev.axiomml.verify.cert.Claim;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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
      "Claims:   [∀x [∈ region] [with inputs].] formula   region: [0, 1], linf(x.npy, 0.03), l2(…)",
      "inputs:   gain in [0.5, 2], sr = 16000, state = @state.npy; or behind the formula",
      "formula:  no_nan(output), no_inf(…), finite(…), valid_probabilities(…), argmax(output) =="
          + " 3,",
      "          output[0] >= 2 * output[1] - 1, sum(output) ≈ 1, max, min, norm1, norm2, norminf,",
      "          joined with and, or, implies, not. Subjects: output, x, softmax(x).",
      "Exit 0: all pass --require. 1: one is refuted. 2: one is not decided, or nothing was asked."
    })
public final class VerifyCommand extends AxiomSubcommand {
  @Mixin private ModelArgument model = new ModelArgument();

  @Option(
      names = "--ensure",
      paramLabel = "FORMULA",
      description =
          "A formula that predictions shall keep: proved or refuted on the declared domain, else"
              + " tested on --data.")
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

  @Mixin private SearchOptions search = new SearchOptions();

  @Mixin private DomainOption domain = new DomainOption();

  @Mixin private GivenOption given = new GivenOption();

  @Option(
      names = "--require",
      paramLabel = "proved|reals|tested",
      description = "What must stand behind a claim before it passes (default: tested).")
  private RequiredEvidence required = RequiredEvidence.TESTED;

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
    Budget budget = search.budget();
    certificate.ifPresent(file -> OutputDestination.requireFile("--certificate", file));
    html.ifPresent(file -> OutputDestination.requireFile("--html", file));
    OutputDestination.requireApart(
        "--certificate and --html", Stream.concat(certificate.stream(), html.stream()).toList());
    return answer(given.declared(domain.declared(model.open(Layout.AS_FILE))), budget);
  }

  private <O extends Output> int answer(Model<O> opened, Budget budget) {
    VerificationRequest<O> request = request(opened);
    ProgressLine shown = new ProgressLine(notes(), watched());
    List<Claim> known = Collections.synchronizedList(new ArrayList<>());
    interruption().otherwise(() -> partial(opened, known, request.size()));
    Budget watchedBudget = budget.progress(shown).cancelledBy(interruption()::requested);
    Report report = Verifier.verify(opened, request, watchedBudget, known::add);
    shown.end();
    if (!interruption().takesPrinting()) {
      return ExitCodes.INTERRUPTED;
    }
    return printed(report.requiring(required));
  }

  private int printed(Report report) {
    print(report);
    certificate.ifPresent(
        path -> report.certificate().with(MakersNote.of(model.file())).save(path));
    html.ifPresent(report::writeHtml);
    if (report.claims().isEmpty()) {
      notes().println("nothing was asked: --prove takes a claim, --ensure a formula");
    }
    if (data.isPresent() && ensures.isEmpty()) {
      notes().println("--data was not used: samples test what --ensure asks");
    }
    if (interruption().requested()) {
      notes().println("interrupted: what is known so far is printed");
    }
    return report.outcome().exit();
  }

  private void print(Report report) {
    out().println(json ? report.toJson() : report.toString());
    out().flush();
  }

  /** What Ctrl-C prints where the search does not end by itself. */
  private void partial(Model<?> opened, List<Claim> known, int asked) {
    print(Report.of(opened, List.copyOf(known)).requiring(required));
    notes().println("interrupted: " + (asked - known.size()) + " of " + asked + " not answered");
    notes().flush();
  }

  private <O extends Output> VerificationRequest<O> request(Model<O> opened) {
    List<Theorem<O>> asked = theorems.stream().map(PropertyText::<O>theorem).toList();
    List<Property<O>> kept =
        ensures.stream().map(text -> new Property<O>(PropertyText.formula(text))).toList();
    asked.forEach(theorem -> requireMeaning(opened, theorem));
    kept.forEach(property -> requireMeaning(opened, property.everywhere()));
    return new VerificationRequest<>(asked, kept, data.map(VerifyCommand::samples));
  }

  /** A claim that means nothing is refused before the search for the first one begins. */
  private static <O extends Output> void requireMeaning(Model<O> opened, Theorem<O> theorem) {
    if (!theorem.formula().mentions(Subject.SOFTMAX)) {
      opened.ensure(new Property<>(theorem.formula()));
      opened.asked(theorem);
    }
  }

  private static DataLoader samples(Path path) {
    Tensor x = Npy.read(path);
    if (x.shape().rank() == 0 || x.shape().size(0) == 0) {
      throw new ModelImportException(
          new Diagnosis(
              "--data " + path + " has shape " + x.shape(),
              path.toString(),
              "samples are rows of the first axis, at least one",
              "give an array of at least one sample, the batch first"));
    }
    Tensor labels = Tensor.ofLongs(Shape.of(x.shape().dim(0)), new long[x.shape().size(0)]);
    return DataLoader.of(x, labels).from(path);
  }
}
