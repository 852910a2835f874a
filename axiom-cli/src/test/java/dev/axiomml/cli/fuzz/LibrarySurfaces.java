package dev.axiomml.cli.fuzz;

import static dev.axiomml.verify.junit.ModelAssertions.assertThat;

import dev.axiomml.core.error.EnsureViolation;
import dev.axiomml.core.error.PropertyException;
import dev.axiomml.core.model.DataLoader;
import dev.axiomml.core.model.RequiredEvidence;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.property.Property;
import dev.axiomml.core.property.PropertyText;
import dev.axiomml.core.property.Theorem;
import dev.axiomml.core.tensor.Npy;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.verify.Budget;
import dev.axiomml.verify.Report;
import dev.axiomml.verify.VerificationRequest;
import dev.axiomml.verify.Verifier;
import dev.axiomml.verify.fuzz.FalseAnswers.At;
import dev.axiomml.verify.junit.ModelAssert;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** The surfaces of a program: a report in all its forms, assertions, and guards. */
final class LibrarySurfaces {
  private static final double STALL = 0.3;
  private static final int SLOW_LOOKS = 3;
  private static final long SLOW = 200_000_000;

  private final At at;
  private final SurfaceCall call;
  private final boolean slow;
  private final List<Double> took = new ArrayList<>();
  private long last;

  /**
   * @param slow whether the first looks at the clock, those of preparation, take a while each
   */
  LibrarySurfaces(At at, SurfaceCall call, boolean slow) {
    this.at = at;
    this.call = call;
    this.slow = slow;
  }

  void judge() {
    try {
      Report report = report();
      ShownReport shown = ShownReport.ofJson(report.toJson());
      VerdictJudge judge = new VerdictJudge(call.model(), call.rows(), call.timeout(), this::found);
      for (int i = 0; i < shown.claims().size(); i++) {
        at.tally().asked();
        at.tally().word(shown.claims().get(i).word());
        judge.judge(call.claims().get(i), shown.claims().get(i));
      }
      forms(report, shown);
      clock(shown);
      call.claims().forEach(this::asserted);
      call.claims().forEach(this::guarded);
    } catch (PropertyException refused) {
      at.tally().refused();
      if (!call.mayBeRefused()) {
        found("refused", refused.toString());
      }
    }
  }

  private void found(String kind, String text) {
    at.found("library: " + kind, text + "\n" + String.join(" | ", call.words()));
  }

  private void require(boolean right, String kind, String text) {
    if (!right) {
      found(kind, text);
    }
  }

  private Budget budget() {
    Budget budget = Budget.seconds(call.timeout());
    AtomicInteger looks = new AtomicInteger();
    return slow ? budget.cancelledBy(() -> waits(looks)) : budget;
  }

  private static boolean waits(AtomicInteger looks) {
    if (looks.incrementAndGet() <= SLOW_LOOKS) {
      LockSupport.parkNanos(SLOW);
    }
    return false;
  }

  private Report report() {
    List<Theorem<Output>> theorems = new ArrayList<>();
    List<Property<Output>> properties = new ArrayList<>();
    for (SurfaceClaim claim : call.claims()) {
      if (claim.theorem()) {
        theorems.add(PropertyText.theorem(claim.typed()));
      } else {
        properties.add(new Property<>(PropertyText.formula(claim.formula())));
      }
    }
    VerificationRequest<Output> request = new VerificationRequest<>(theorems, properties, data());
    last = System.nanoTime();
    return Verifier.verify(call.model().model(), request, budget(), claim -> tick());
  }

  private void tick() {
    long now = System.nanoTime();
    took.add((now - last) * 1e-9);
    last = now;
  }

  private Optional<DataLoader> data() {
    if (call.rows() == 0) {
      return Optional.empty();
    }
    Path file = call.file("x.npy");
    Tensor x = Npy.read(file);
    Tensor labels = Tensor.ofLongs(Shape.of(call.rows()), new long[call.rows()]);
    return Optional.of(DataLoader.of(x, labels).from(file));
  }

  /** Each form says the same, and what passes is what the table says. */
  private void forms(Report report, ShownReport json) {
    Path page = call.file("library.html");
    for (RequiredEvidence required : RequiredEvidence.values()) {
      Report asked = report.requiring(required);
      int exit = CallJudge.exit(json.claims(), required.toString());
      String state = CallJudge.state(exit);
      asked.writeHtml(page);
      List<ShownReport> forms =
          List.of(
              ShownReport.ofText(asked.toString()),
              ShownReport.ofJson(asked.toJson()),
              ShownReport.ofPage(CallJudge.read(page)));
      for (ShownReport form : forms) {
        boolean same = CallJudge.same(form.claims(), json.claims(), true);
        require(same && form.state().equals(state), "forms", form + "\n" + json);
      }
      boolean passes = asked.passed() == (exit == 0) && asked.outcome().exit() == exit;
      require(passes, "passed", asked.toString());
    }
    ShownReport written = ShownReport.ofCertificate(report.certificate().toJson());
    require(CallJudge.same(written.claims(), json.claims(), false), "certificate", "" + written);
    List<String> findings =
        report.findings().stream().map(f -> f.verdict().word() + " " + f.claim()).toList();
    List<String> shown = json.claims().stream().map(c -> c.word() + " " + c.text()).toList();
    require(findings.equals(shown), "findings", findings + "\n" + shown);
  }

  /** Each claim's seconds by a clock of our own; a machine may stall now and then. */
  private void clock(ShownReport shown) {
    if (isOff(shown)) {
      took.clear();
      ShownReport again = ShownReport.ofJson(report().toJson());
      require(!isOff(again), "seconds", took + "\n" + again);
    }
  }

  private boolean isOff(ShownReport shown) {
    boolean off = took.size() != shown.claims().size();
    for (int i = 0; !off && i < took.size(); i++) {
      double said = shown.claims().get(i).seconds();
      off = said > took.get(i) + 0.01 || took.get(i) - said > STALL + 0.1 * said;
    }
    return off;
  }

  private void asserted(SurfaceClaim claim) {
    if (claim.isPair() || claim.mayBeRefused() || (!claim.theorem() && call.rows() == 0)) {
      return;
    }
    String word = "passed";
    try {
      ModelAssert<Output> model =
          assertThat(call.model().model())
              .within(Duration.ofMillis((long) (1000 * call.timeout())))
              .requiring(RequiredEvidence.valueOf(call.required().toUpperCase(Locale.ROOT)));
      if (claim.theorem()) {
        model.proves(claim.typed());
      } else {
        model.ensures(new Property<>(PropertyText.formula(claim.formula())), data().orElseThrow());
      }
    } catch (AssertionError failed) {
      word = String.valueOf(failed.getMessage());
    }
    boolean passed = word.equals("passed");
    boolean known = claim.brokenRow().isPresent() || claim.fault().isPresent() && claim.theorem();
    require(!(passed && known), "an assertion passes what is false", claim.typed());
    require(passed || word.contains("fix:"), "an assertion without help", word);
    require(!(passed && isReals(claim)), "an assertion takes reals for floats", claim.typed());
  }

  private boolean isReals(SurfaceClaim claim) {
    return claim.isSoftmax() && claim.theorem() && call.required().equals("proved");
  }

  /** A guard says of each sample what evaluation says. */
  private void guarded(SurfaceClaim claim) {
    if (claim.sentence().isEmpty() || claim.mayBeRefused() || claim.rows().isEmpty()) {
      return;
    }
    boolean broken = claim.brokenRow().isPresent();
    boolean open = claim.rows().stream().anyMatch(row -> !claim.holds(row) && !claim.breaks(row));
    boolean kept = true;
    Tensor x = Npy.read(call.file("x.npy"));
    try {
      for (int i = 0; i < call.rows(); i++) {
        call.model().model().ensure(claim.formula()).predict(x.slice(i, i + 1));
      }
    } catch (EnsureViolation violation) {
      kept = false;
    }
    require(open || kept != broken, "guard", claim.formula());
  }
}
