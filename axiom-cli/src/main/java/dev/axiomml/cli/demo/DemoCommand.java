package dev.axiomml.cli.demo;

import static dev.axiomml.dsl.Dsl.inputIn;
import static dev.axiomml.dsl.Dsl.linf;
import static dev.axiomml.dsl.Dsl.noNaN;
import static dev.axiomml.dsl.Dsl.property;
import static dev.axiomml.dsl.Dsl.robust;
import static dev.axiomml.dsl.Dsl.validProbabilities;

import dev.axiomml.cli.argument.OutputDestination;
import dev.axiomml.cli.command.AxiomSubcommand;
import dev.axiomml.cli.command.ExitCodes;
import dev.axiomml.cli.command.MakersNote;
import dev.axiomml.cli.command.ProgressLine;
import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.EnsureViolation;
import dev.axiomml.core.error.ModelExportException;
import dev.axiomml.core.model.Layout;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Verdict;
import dev.axiomml.core.model.VerificationFindings;
import dev.axiomml.core.property.Probabilities;
import dev.axiomml.core.property.Theorem;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.dsl.Axiom;
import dev.axiomml.interop.pytorch.PyTorch;
import dev.axiomml.verify.Budget;
import dev.axiomml.verify.Certificate;
import dev.axiomml.verify.Report;
import dev.axiomml.verify.Verifier;
import dev.axiomml.verify.cert.Claim;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** {@code axiom demo}: the main job on a real model, shown as a guided tour. */
@picocli.CommandLine.Command(
    name = "demo",
    description =
        "A guided tour on a real PyTorch model: open, predict, ensure, prove, refute, compile,"
            + " certify.")
public final class DemoCommand extends AxiomSubcommand {
  /** Held-out digits that the network is sure of. */
  private static final int[] SURE = {1, 4, 6};

  /** A held-out digit that a change too small to see turns into another. */
  private static final int SHAKY = 9;

  private static final double RADIUS = 0.05;
  private static final double TINY = 0.02;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Where the model, the certificate and the report go (default: a new temporary folder).")
  private Optional<Path> folder = Optional.empty();

  @Override
  public Integer call() {
    folder.ifPresent(target -> OutputDestination.requireFolder("--out", target));
    DemoFiles files = DemoFiles.into(folder.orElseGet(DemoCommand::temporary));
    DemoTour tour = new DemoTour(out());
    out().println("Axiom: a tour of five minutes' work, in a few seconds.");
    Model<Probabilities> digits = opened(tour, files);
    Tensor images = files.array("digits-test-images.npy").permute(0, 2, 3, 1);
    predicted(tour, files, digits, images);
    Model<Probabilities> guarded = guarded(tour, digits, images);
    Report report = proved(tour, guarded, images);
    DemoSpeed.compared(tour, guarded, images);
    certified(tour, files, guarded, report);
    out()
        .printf(
            "%nThe tour took %.1f s. Next: axiom --help, and docs/first-steps.md.%n",
            tour.seconds());
    return ExitCodes.OK;
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("axiom-demo");
    } catch (IOException e) {
      throw new ModelExportException(
          new Diagnosis(
              "cannot make a temporary folder",
              "axiom demo",
              String.valueOf(e),
              "give one: axiom demo --out DIR"),
          e);
    }
  }

  private static Model<Probabilities> opened(DemoTour tour, DemoFiles files) {
    tour.stop(
        "Open a PyTorch file",
        "digits.pt2 was trained and exported by PyTorch on 8×8 handwritten digits. Java opens it:\n"
            + "no Python, no libtorch, nothing in the file is run.");
    tour.code("Model<?> digits = PyTorch.load(Path.of(\"digits.pt2\"));");
    Model<Probabilities> digits =
        PyTorch.load(files.file("digits.pt2"), Layout.CHANNELS_LAST).asClassifier();
    tour.show("%s", digits.summary());
    return digits;
  }

  private static void predicted(
      DemoTour tour, DemoFiles files, Model<Probabilities> digits, Tensor images) {
    tour.stop(
        "Predict digits it has never seen",
        images.shape().size(0)
            + " digits were held back from training. Images are channels-last here: N×8×8×1.");
    Tensor answers = digits.predict(images);
    Tensor labels = files.array("digits-test-labels.npy");
    List<List<String>> pictures = new ArrayList<>();
    List<String> captions = new ArrayList<>();
    for (int i : SURE) {
      pictures.add(TextPicture.rows(images.slice(i, i + 1), 8));
      captions.add("a " + labels.longAt(i) + ", read as " + ClassLabels.of(answers, i));
    }
    tour.code(TextPicture.beside(pictures, captions));
    int right = 0;
    for (int i = 0; i < labels.size(); i++) {
      right += ClassLabels.of(answers, i) == labels.longAt(i) ? 1 : 0;
    }
    tour.show(
        "%d of %d right (%.1f %%); largest difference to PyTorch's own outputs: %.1e",
        right,
        labels.size(),
        100.0 * right / labels.size(),
        ClassLabels.distance(answers, files.array("digits-test-outputs.npy")));
  }

  private static Model<Probabilities> guarded(
      DemoTour tour, Model<Probabilities> digits, Tensor images) {
    tour.stop(
        "Guard it with one line",
        "An ensure is checked on every prediction; a broken one is an error that says which, where"
            + " and with what values.");
    tour.code("digits = Axiom.guard(digits).ensure(validProbabilities());");
    Model<Probabilities> guarded = Axiom.guard(digits).ensure(validProbabilities());
    guarded.predict(images);
    tour.show(
        "%d predictions kept it. An image with a NaN in it does not:", images.shape().size(0));
    try {
      guarded.predict(Tensor.full(images.slice(0, 1).shape(), Float.NaN));
      throw new IllegalStateException("a NaN went through unnoticed");
    } catch (EnsureViolation e) {
      tour.show("%s", e.diagnosis());
    }
    return guarded;
  }

  private Report proved(DemoTour tour, Model<Probabilities> model, Tensor images) {
    tour.stop(
        "Prove it, for all inputs at once",
        "Not \"we tried some\": every float32 image of the region, every rounding of the program"
            + " that runs.\n"
            + "The last two claims are false, on purpose: each is refuted by an input that was run"
            + " again through the model.");
    ProgressLine progress = new ProgressLine(notes(), watched());
    List<Theorem<? super Probabilities>> claims = claims(images);
    Report report = Verifier.prove(model, claims, Budget.seconds(20).progress(progress));
    progress.end();
    tour.code(
        "Verifier.prove(digits, robust(image, linf(0.05)).argmaxStays(), Budget.seconds(20))");
    tour.show("%s", report);
    counterexamples(tour, model, images, report);
    return report;
  }

  private static List<Theorem<? super Probabilities>> claims(Tensor images) {
    List<Theorem<? super Probabilities>> claims = new ArrayList<>();
    claims.add(noNaN().forAll(inputIn(0, 1)));
    claims.add(validProbabilities().forAll(inputIn(0, 1)));
    for (int i : SURE) {
      claims.add(robust(images.slice(i, i + 1), linf(RADIUS)).argmaxStays());
    }
    claims.add(property("output[8] <= 0.5").forAll(inputIn(0, 1)));
    claims.add(robust(images.slice(SHAKY, SHAKY + 1), linf(TINY)).argmaxStays());
    return claims;
  }

  private static void counterexamples(
      DemoTour tour, Model<Probabilities> model, Tensor images, Report report) {
    List<List<String>> pictures = new ArrayList<>();
    List<String> captions = new ArrayList<>();
    for (VerificationFindings.Finding finding : report.findings()) {
      if (finding.verdict() instanceof Verdict.Refuted refuted) {
        Tensor image = refuted.counterexample().get(0);
        pictures.add(TextPicture.rows(image, 8));
        captions.add("read as " + ClassLabels.of(model.predict(image), 0));
      }
    }
    if (!pictures.isEmpty()) {
      Tensor before = images.slice(SHAKY, SHAKY + 1);
      pictures.add(TextPicture.rows(before, 8));
      captions.add("before, as " + ClassLabels.of(model.predict(before), 0));
      tour.show("%nThe counterexamples, and the digit that the last one started from:");
      tour.code(TextPicture.beside(pictures, captions));
    }
  }

  private static void certified(
      DemoTour tour, DemoFiles files, Model<Probabilities> model, Report report) {
    tour.stop(
        "Keep the evidence",
        "The certificate holds every proof and the hash of the whole model. The checker follows the"
            + " proofs again\n"
            + "in whole numbers and shares no code with the search.");
    Path certificate = files.file("certificate.json");
    Path page = files.file("report.html");
    List<Claim> proofs = report.claims().stream().filter(c -> c.proof().isPresent()).toList();
    Certificate made = Report.of(model, proofs).certificate();
    made.with(MakersNote.of(Optional.of(files.file("digits.pt2")))).save(certificate);
    report.writeHtml(page);
    tour.code("./axiom check-certificate " + certificate + " " + files.file("digits.pt2"));
    tour.show("%s", Certificate.load(certificate).check(model));
    tour.show("the report for a browser: %s", page);
  }
}
