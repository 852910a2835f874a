package dev.axiomml.verify;

import static dev.axiomml.core.property.Claims.finiteOutput;
import static dev.axiomml.core.property.Claims.inputIn;
import static dev.axiomml.core.property.Claims.l2;
import static dev.axiomml.core.property.Claims.linf;
import static dev.axiomml.core.property.Claims.noNaN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiomml.core.error.PropertyException;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Verdict;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.norm.Softmax;
import dev.axiomml.core.op.recurrent.Lstm;
import dev.axiomml.core.op.recurrent.RecurrentForm;
import dev.axiomml.core.op.reduce.CumSum;
import dev.axiomml.core.op.scalar.Sigmoid;
import dev.axiomml.core.property.Formula;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.property.PropertyText;
import dev.axiomml.core.property.Region;
import dev.axiomml.core.property.Subject;
import dev.axiomml.core.property.Theorem;
import dev.axiomml.core.property.statement.Sample;
import dev.axiomml.core.property.statement.StatementEvaluation;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.testing.Nets;
import dev.axiomml.verify.cert.Claim;
import dev.axiomml.verify.cert.ProofLine;
import dev.axiomml.verify.cert.ProofMethod;
import dev.axiomml.verify.check.CheckResult;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerifierTest {
  private static final Budget SHORT = Budget.seconds(20);

  private static Theorem<Output> theorem(String text) {
    return PropertyText.theorem(text);
  }

  private static Verdict prove(Model<Output> model, String text) {
    return Verifier.prove(model, theorem(text), SHORT);
  }

  private static void assertProved(Model<Output> model, String text) {
    assertThat(prove(model, text)).as(text).isInstanceOf(Verdict.Proved.class);
  }

  private static void assertRefuted(Model<Output> model, String text) {
    Verdict verdict = prove(model, text);
    assertThat(verdict).as(text).isInstanceOf(Verdict.Refuted.class);
    Verdict.Refuted refuted = (Verdict.Refuted) verdict;
    Tensor again = model.predict(refuted.counterexample().get(0));
    assertThat(again).isEqualTo(refuted.replayed().get(0));
    Formula formula = theorem(text).formula();
    Sample sample = new Sample(refuted.counterexample().get(0), again);
    assertThat(StatementEvaluation.fault(formula, sample)).isPresent();
  }

  @Test
  void a_softmax_over_finite_values_is_a_distribution() {
    Model<Output> model = Nets.image(1);
    assertProved(model, "forall x in [0, 1]. valid_probabilities(output)");
    assertProved(model, "sum(output) ~= 1.0");
    assertProved(model, "no_nan(output) and no_inf(output) and finite(output)");
    assertProved(model, "min(output) >= 0 and max(output) <= 1");
  }

  @Test
  void without_a_domain_overflow_refutes_finiteness() {
    Model<Output> model = Nets.from(2).dense(2, 3, 1).dense(3, 2, 2).model();
    Verdict verdict = Verifier.prove(model, noNaN().everywhere(), Budget.seconds(1));
    assertThat(verdict).isNotInstanceOf(Verdict.Proved.class);
    assertProved(model, "forall x in [-100, 100]. finite(output)");
  }

  @Test
  void sigmoid_stays_in_its_range() {
    Model<Output> model = Nets.from(2).dense(2, 3, 1).then("s", new Sigmoid()).model();
    assertProved(model, "forall x in [-1000, 1000]. min(output) >= 0 and max(output) <= 1");
    assertRefuted(model, "forall x in [-1000, 1000]. max(output) <= 0.9");
  }

  /** One that nothing bounds as a whole: its cell may grow from step to step. */
  @Test
  void an_lstm_is_bounded_in_its_steps() {
    Parameter input = new Parameter("w", Tensor.random(Shape.of(2, 12), 3, -0.5, 0.5));
    Parameter state = new Parameter("r", Tensor.random(Shape.of(3, 12), 4, -0.5, 0.5));
    Lstm lstm = new Lstm(new RecurrentForm(false, false));
    Model<Output> model = Nets.from(5, 2).then("lstm", lstm, input, state).model();
    double most = 0;
    Tensor middle = model.predict(Tensor.full(Shape.of(1, 5, 2), 0.5f));
    for (int i = 0; i < middle.size(); i++) {
      most = Math.max(most, middle.doubleAt(i));
    }
    assertProved(model, "forall x in [0.45, 0.55]. max(output) <= " + (most + 0.05));
    assertRefuted(model, "forall x in [0.45, 0.55]. max(output) <= " + (most - 0.01));
  }

  @Test
  void a_small_network_is_bounded_as_it_is() {
    Model<Output> model = Nets.relus(5, 2, 8, 8, 2);
    double[] range = range(model);
    assertProved(model, "forall x in [-1, 1]. output[0] <= " + (range[1] + 0.01));
    assertProved(model, "forall x in [-1, 1]. output[0] >= " + (range[0] - 0.01));
    assertRefuted(model, "forall x in [-1, 1]. output[0] <= " + (range[1] - 0.01));
    assertRefuted(model, "forall x in [-1, 1]. output[0] >= " + (range[0] + 0.01));
  }

  private static double[] range(Model<Output> model) {
    double[] range = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
    for (int i = 0; i <= 200; i++) {
      for (int j = 0; j <= 200; j++) {
        Tensor x = Tensor.of(Shape.of(1, 2), -1 + i / 100f, -1 + j / 100f);
        double y = model.predict(x).doubleAt(0);
        range[0] = Math.min(range[0], y);
        range[1] = Math.max(range[1], y);
      }
    }
    return range;
  }

  /** A claim that is false at a single known input must never be proved. */
  @Test
  void planted_counterexamples_are_never_proved_away() {
    for (long seed = 0; seed < 12; seed++) {
      Model<Output> model = Nets.relus(seed * 100, 3, 10, 10, 2);
      Tensor x = Tensor.random(Shape.of(1, 3), seed, -1, 1);
      double y = model.predict(x).doubleAt(0);
      Formula.Compare below =
          new Formula.Compare(
              new dev.axiomml.core.property.Term.Element(Subject.OUTPUT, List.of(0)),
              Formula.Relation.LT,
              new dev.axiomml.core.property.Term.Constant(java.math.BigDecimal.valueOf(y)));
      Region region = linf(0.05).around(x);
      Verdict verdict =
          Verifier.prove(model, new Theorem<Output>(region, below), Budget.seconds(0.5));
      assertThat(verdict).as("seed %d", seed).isNotInstanceOf(Verdict.Proved.class);
    }
  }

  @Test
  void robustness_is_proved_close_by_and_refuted_far_away() {
    Model<Output> model = Nets.image(3);
    Tensor x = Tensor.random(Shape.of(1, 6, 6, 1), 4, 0, 1);
    Theorem<Output> near = new Theorem<>(linf(0.001).around(x), new Formula.ArgmaxStays(x));
    assertThat(Verifier.prove(model, near, SHORT)).isInstanceOf(Verdict.Proved.class);
    Theorem<Output> round = new Theorem<>(l2(0.003).around(x), new Formula.ArgmaxStays(x));
    assertThat(Verifier.prove(model, round, SHORT)).isInstanceOf(Verdict.Proved.class);
    Theorem<Output> far = new Theorem<>(linf(5).around(x), new Formula.ArgmaxStays(x));
    assertThat(Verifier.prove(model, far, SHORT)).isInstanceOf(Verdict.Refuted.class);
  }

  @Test
  void proofs_pass_the_independent_check() {
    Model<Output> model = Nets.relus(5, 2, 8, 8, 2);
    double[] range = range(model);
    Report report =
        Verifier.prove(
            model,
            List.of(
                theorem("forall x in [-1, 1]. output[0] <= " + (range[1] + 0.02)),
                theorem("forall x in [-1, 1]. finite(output)"),
                theorem("forall x in [-1, 1]. output[0] - output[1] <= 100"),
                theorem("forall x in [-1, 1]. max(output) <= 100 and norminf(output) <= 100")),
            SHORT);
    assertThat(report.claims()).allMatch(claim -> claim.verdict() instanceof Verdict.Proved);
    assertThat(report.claims().get(0).proof().orElseThrow().line().leaves()).isGreaterThan(1);
    assertThat(report.certificate().check(model)).matches(CheckResult::isValid);
  }

  @Test
  void classifier_proofs_pass_the_independent_check() {
    Model<Output> model = Nets.image(3);
    Tensor x = Tensor.random(Shape.of(1, 6, 6, 1), 4, 0, 1);
    Report report =
        Verifier.prove(
            model,
            List.of(
                new Theorem<Output>(linf(0.001).around(x), new Formula.ArgmaxStays(x)),
                theorem("valid_probabilities(output)")),
            SHORT);
    assertThat(report.passed()).as(report.toString()).isTrue();
    assertThat(report.certificate().check(model)).matches(CheckResult::isValid);
  }

  @Test
  void any_number_of_threads_gives_the_same_tree_every_time() {
    Model<Output> model = Nets.relus(5, 2, 8, 8, 8, 2);
    Theorem<Output> claim =
        theorem("forall x in [-1, 1]. output[0] <= " + (range(model)[1] + 0.005));
    ProofLine first = tree(model, claim, SHORT);
    assertThat(tree(model, claim, SHORT)).isEqualTo(first);
    assertThat(first.leaves()).isGreaterThan(10);
    assertThat(tree(model, claim, SHORT.threads(2))).isEqualTo(first);
    assertThat(tree(model, claim, SHORT.threads(5))).isEqualTo(first);
  }

  private static ProofLine tree(Model<Output> model, Theorem<Output> claim, Budget budget) {
    Claim answer = Verifier.prove(model, List.of(claim), budget).claims().get(0);
    return answer.proof().orElseThrow().line();
  }

  @Test
  void a_model_that_mixes_samples_is_refused() {
    Model<Output> model = Nets.from(2).then("sum", new CumSum(0, false, false)).model();
    assertThat(prove(model, "forall x in [0, 1]. finite(output)"))
        .isInstanceOfSatisfying(
            Verdict.Unknown.class,
            unknown -> assertThat(unknown.reason()).contains("may mix the rows of a batch"));
  }

  @Test
  void an_empty_region_proves_nothing() {
    assertThat(prove(Nets.relus(1, 2, 3, 1), "forall x in [0.1, 0.1]. output[0] > 1000"))
        .isInstanceOfSatisfying(
            Verdict.Unknown.class, unknown -> assertThat(unknown.reason()).contains("no float32"));
  }

  @Test
  void a_ball_that_does_not_fit_is_misuse() {
    Model<Output> model = Nets.relus(1, 2, 3, 1);
    Region region = linf(0.1).around(Tensor.zeros(Shape.of(1, 3)));
    assertThatThrownBy(() -> Verifier.prove(model, finiteOutput().forAll(region), SHORT))
        .isInstanceOf(PropertyException.class);
  }

  @Test
  void an_index_beyond_the_output_is_misuse() {
    assertThatThrownBy(() -> prove(Nets.relus(1, 2, 3, 1), "forall x in [0, 1]. output[7] > 0"))
        .isInstanceOf(PropertyException.class);
  }

  @Test
  void no_time_is_unknown_and_says_so() {
    Model<Output> model = Nets.relus(9, 6, 20, 20, 2);
    Verdict verdict =
        Verifier.prove(
            model,
            theorem("forall x in [-1, 1]. output[0] != 0".replace("!=", "<=")),
            Budget.seconds(0));
    assertThat(verdict).isInstanceOf(Verdict.Unknown.class);
  }

  @Test
  void a_claim_over_the_reals_says_so() {
    Model<Output> model = Nets.from(2).then("s", new Softmax(-1)).model();
    Verdict real = Verifier.prove(model, theorem("sum(output) == 1.0"), SHORT.overTheReals());
    assertThat(real)
        .isInstanceOfSatisfying(
            Verdict.ProvedOverReals.class, proved -> assertThat(proved.method()).contains("real"));
    assertThat(real.word()).isEqualTo("PROVED over the reals");
    assertThat(prove(model, "sum(output) == 1.0")).isNotInstanceOf(Verdict.Proved.class);
  }

  @Test
  void softmax_of_a_free_vector_states_both_semantics() {
    Verdict verdict = Verifier.prove(theorem("forall x. sum(softmax(x)) == 1.0"));
    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.ProvedOverReals.class,
            proved -> assertThat(proved.method()).contains("reals").contains("float32"));
    assertThat(Verifier.prove(theorem("min(softmax(x)) >= 0 and max(softmax(x)) <= 1")))
        .isInstanceOf(Verdict.ProvedOverReals.class);
    assertThat(Verifier.prove(theorem("max(softmax(x)) <= 0.5")))
        .isInstanceOf(Verdict.Refuted.class);
    assertThat(Verifier.prove(theorem("sum(softmax(x)) == 2.0")))
        .isInstanceOf(Verdict.Refuted.class);
    assertThat(Verifier.prove(theorem("sum(softmax(x)) > 1.0")))
        .isInstanceOf(Verdict.Unknown.class);
  }

  @Test
  void the_method_of_a_structural_proof_is_its_structure() {
    Claim claim =
        Verifier.prove(Nets.image(1), List.of(theorem("valid_probabilities(output)")), SHORT)
            .claims()
            .get(0);
    assertThat(claim.proof().orElseThrow().line().single()).contains(ProofMethod.STRUCTURE);
  }

  @Test
  void disjunctions_and_implications_hold_case_by_case() {
    Tensor w = Tensor.of(Shape.of(1, 2), 1, -1);
    Model<Output> model = Nets.from(1).dense(w, Tensor.zeros(Shape.of(2))).model();
    assertProved(model, "forall x in [-1, 1]. output[0] >= -0.001 or output[1] >= -0.001");
    assertProved(model, "forall x in [-1, 1]. output[0] > 0.5 implies output[1] < 0");
    assertRefuted(model, "forall x in [-1, 1]. output[0] > 0.5 implies output[1] < -0.75");
    assertProved(model, "forall x in [-1, 1]. not output[0] > 1.5");
    assertProved(model, "forall x in [-1, 1]. norm1(output) <= 2.001");
    assertRefuted(model, "forall x in [-1, 1]. max(output) <= 0.5");
  }

  @Test
  void argmax_with_a_tie_is_not_refuted() {
    Tensor w = Tensor.of(Shape.of(1, 2), 1, 1);
    Model<Output> model = Nets.from(1).dense(w, Tensor.zeros(Shape.of(2))).model();
    Theorem<Output> tie = new Theorem<>(inputIn(0, 1), new Formula.ArgmaxIs(Subject.OUTPUT, 1));
    assertThat(Verifier.prove(model, tie, Budget.seconds(0.5)))
        .isNotInstanceOf(Verdict.Refuted.class);
  }
}
