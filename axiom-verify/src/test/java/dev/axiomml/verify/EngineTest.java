package dev.axiomml.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Verdict;
import dev.axiomml.core.op.scalar.Sigmoid;
import dev.axiomml.core.op.scalar.Tanh;
import dev.axiomml.core.property.Claims;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.property.PropertyText;
import dev.axiomml.core.property.Region;
import dev.axiomml.core.property.Theorem;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.testing.Needs;
import dev.axiomml.testing.Nets;
import dev.axiomml.verify.z3.ExactSolver;
import dev.axiomml.verify.z3.SolverDecision;
import dev.axiomml.verify.z3.Z3Solver;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The engine, its certificates, the checker and Z3 held against each other. */
class EngineTest {
  private static final Budget SHORT = Budget.seconds(10);

  private static Report prove(Model<Output> model, Theorem<Output> theorem, Budget budget) {
    return Verifier.prove(model, List.of(theorem), budget);
  }

  private static void assertChecked(Report report, String name) {
    assertThat(report.claims().get(0).verdict())
        .as("%s: %s", name, report)
        .isNotInstanceOf(Verdict.Unknown.class);
    Certificate read = Certificate.parse(report.certificate().toJson());
    assertThat(read.check(report.model()).isValid())
        .as("%s: %s%n%s", name, report, read.check(report.model()))
        .isTrue();
  }

  /** A bound that lies this far above what samples reach. */
  private static double above(Model<Output> model, int inputs, double more) {
    double most = Double.NEGATIVE_INFINITY;
    Tensor x = Tensor.random(Shape.of(500, inputs), 77, 0, 1);
    Tensor y = model.predict(x);
    for (int i = 0; i < y.size(); i++) {
      most = Math.max(most, y.doubleAt(i));
    }
    return most + more;
  }

  @Test
  void what_the_engine_answers_about_relu_networks_is_confirmed() {
    for (long seed = 0; seed < 12; seed++) {
      Model<Output> model = Nets.relus(seed, 3, 8, 6, 1);
      for (double more : new double[] {-0.05, 0.05, 0.4}) {
        String claim = "∀x ∈ [0,1]. output[0] <= " + above(model, 3, more);
        Report report = prove(model, PropertyText.theorem(claim), SHORT);
        assertChecked(report, "seed " + seed + " " + more);
      }
    }
  }

  @Test
  void what_the_engine_answers_about_curved_networks_is_confirmed() {
    for (long seed = 0; seed < 6; seed++) {
      Model<Output> model =
          Nets.from(2)
              .dense(2, 5, seed)
              .then("tanh", new Tanh())
              .dense(5, 4, seed + 20)
              .then("sigmoid", new Sigmoid())
              .dense(4, 1, seed + 40)
              .model();
      String claim = "∀x ∈ [0,1]. output[0] <= " + above(model, 2, 0.02);
      assertChecked(prove(model, PropertyText.theorem(claim), SHORT), "seed " + seed);
    }
  }

  @Test
  void what_the_engine_answers_about_images_is_confirmed() {
    for (long seed = 0; seed < 8; seed++) {
      Model<Output> model = Nets.image(seed);
      Tensor x = Tensor.random(Shape.of(1, 6, 6, 1), seed, 0, 1);
      Claims.Radius radius =
          seed % 2 == 0 ? Claims.linf(0.004) : seed % 4 == 1 ? Claims.l2(0.02) : Claims.l1(0.05);
      Theorem<?> stays = Claims.robust(x, radius).argmaxStays();
      Theorem<Output> theorem = new Theorem<>(stays.region(), stays.formula());
      assertChecked(prove(model, theorem, SHORT), "seed " + seed);
    }
    Theorem<Output> valid = PropertyText.theorem("∀x. valid_probabilities(output)");
    assertChecked(prove(Nets.image(3), valid, SHORT), "probabilities");
  }

  /** Mutation: a mask read the other way round, in the engine or in the checker. */
  @Test
  void what_the_engine_answers_about_masked_attention_is_confirmed() {
    Model<Output> model = Nets.causal();
    for (String claim : List.of("finite(output)", "max(output) <= 3.1", "min(output) >= -0.1")) {
      Report report = prove(model, PropertyText.theorem("∀x ∈ [0,1]. " + claim), SHORT);
      assertChecked(report, claim);
      assertThat(report.claims().get(0).verdict()).isInstanceOf(Verdict.Proved.class);
    }
    Report wrong = prove(model, PropertyText.theorem("∀x ∈ [0,1]. max(output) <= 0.9"), SHORT);
    assertChecked(wrong, "refuted");
    assertThat(wrong.claims().get(0).verdict()).isInstanceOf(Verdict.Refuted.class);
  }

  @Test
  void what_the_engine_answers_about_softmax_alone_is_confirmed() {
    for (String claim : List.of("sum(softmax(x)) == 1.0", "max(softmax(x)) <= 0.5")) {
      Theorem<Output> theorem = PropertyText.theorem("∀x ∈ float32. " + claim);
      assertChecked(prove(Nets.image(3), theorem, SHORT), claim);
    }
  }

  @Test
  void the_engine_and_z3_agree_over_the_reals() {
    Needs.z3(Z3Solver.unavailable().isEmpty(), Z3Solver.unavailable().orElse(""));
    for (long seed = 0; seed < 40; seed++) {
      Model<Output> model = Nets.relus(seed, 2, 4, 3, 1);
      String text = "output[0] <= " + above(model, 2, seed % 2 == 0 ? 0.02 : -0.02);
      Theorem<Output> theorem = PropertyText.theorem("∀x ∈ [0,1]. " + text);
      Verdict verdict = prove(model, theorem, SHORT.overTheReals()).claims().get(0).verdict();
      SolverDecision decision =
          ExactSolver.decide(
              model.inference().bind(Map.of("N", 1L)).graph(),
              theorem.formula(),
              new Region.Range(0, 1),
              Duration.ofSeconds(20));
      boolean agree =
          verdict instanceof Verdict.ProvedOverReals
              ? decision instanceof SolverDecision.Holds
              : verdict instanceof Verdict.Refuted && decision instanceof SolverDecision.Fails;
      assertThat(agree).as("seed %d: %s, Z3 %s", seed, verdict, decision).isTrue();
    }
  }

  @Test
  void a_claim_in_which_all_elements_cancel_is_answered() {
    Model<Output> model = Nets.from(1).dense(1, 1, 3).relu().model();
    Theorem<Output> theorem = PropertyText.theorem("∀x ∈ [-1, 1]. not max(output) >= output[0]");
    assertThat(Verifier.prove(model, theorem, Budget.seconds(5)))
        .isInstanceOf(Verdict.Refuted.class);
  }
}
