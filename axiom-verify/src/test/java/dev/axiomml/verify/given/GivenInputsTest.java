package dev.axiomml.verify.given;

import static dev.axiomml.core.property.Claims.l1;
import static dev.axiomml.core.property.Claims.l2;
import static dev.axiomml.core.property.Claims.linf;
import static dev.axiomml.core.property.Claims.localLipschitz;
import static dev.axiomml.core.property.Claims.outputIn;
import static dev.axiomml.core.property.Claims.property;
import static dev.axiomml.core.property.Claims.robust;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.axiomml.core.error.PropertyException;
import dev.axiomml.core.model.DataLoader;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Verdict;
import dev.axiomml.core.property.Claims;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.property.Property;
import dev.axiomml.core.property.PropertyText;
import dev.axiomml.core.property.Region;
import dev.axiomml.core.property.Theorem;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.verify.Budget;
import dev.axiomml.verify.Certificate;
import dev.axiomml.verify.Report;
import dev.axiomml.verify.Verifier;
import dev.axiomml.verify.check.CheckResult;
import java.util.List;
import org.junit.jupiter.api.Test;

class GivenInputsTest {
  private static final Budget SHORT = Budget.seconds(20);
  private static final Budget REALS = SHORT.overTheReals();
  private static final Tensor MEMORY = Tensor.of(Shape.of(1, 2), 1, 2);

  private static Report asked(Model<Output> model, Theorem<Output> theorem) {
    Report report = Verifier.prove(model, List.of(theorem), SHORT);
    Certificate read = Certificate.parse(report.certificate().toJson());
    CheckResult checked = read.check(model);
    boolean sure = !(report.claims().get(0).verdict() instanceof Verdict.Unknown);
    assertThat(checked.isValid()).as("%s%n%s", report, checked).isEqualTo(sure);
    return report;
  }

  private static Verdict verdict(Report report) {
    return report.claims().get(0).verdict();
  }

  private static Theorem<Output> theorem(String text) {
    return PropertyText.theorem(text);
  }

  @Test
  void a_row_and_a_whole_number_are_given() {
    Theorem<Output> bounded =
        theorem("∀x ∈ [0, 1] with sr = 16000. min(output) >= 0.999 and max(output) <= 3.001");
    Report report = asked(GivenNets.gated(), bounded.given("memory", MEMORY));
    assertThat(verdict(report)).isInstanceOf(Verdict.Proved.class);
    assertThat(report.toString())
        .contains("for all float32 inputs x in [0, 1] of 1×2, with memory = (float32 1×2, sha-256 ")
        .contains(", sr = 16000; ")
        .doesNotContain("exactly one row");
    assertThat(report.certificate().check(report.model()).toString())
        .contains("for x 1×2, every element in [0.0, 1.0]; with memory = float32 1×2 of sha-256 ")
        .contains(", sr = 16000; of a row alone and of each in a batch of 2, 3 or 8; float32");
    Theorem<Output> slow =
        theorem("∀x ∈ [0, 1] with sr = 8000, memory = 5. norminf(output) <= 1e-30");
    assertThat(verdict(asked(GivenNets.gated(), slow))).isInstanceOf(Verdict.Proved.class);
  }

  @Test
  void a_counterexample_has_all_inputs_and_is_run_again() {
    Theorem<Output> tight = theorem("∀x ∈ [0, 1] with sr = 16000. output[1] <= 2.9");
    Report report = asked(GivenNets.gated(), tight.given("memory", MEMORY));
    Verdict.Refuted refuted = (Verdict.Refuted) verdict(report);
    assertThat(refuted.counterexample()).hasSize(3);
    assertThat(refuted.counterexample().get(1)).isEqualTo(MEMORY);
    assertThat(refuted.counterexample().get(2)).isEqualTo(Tensor.ofLongs(Shape.SCALAR, 16000));
    assertThat(GivenNets.gated().predictAll(refuted.counterexample()))
        .isEqualTo(refuted.replayed());
    assertThat(report.toString()).contains("memory  [1.0, 2.0]").contains("sr      [16000]");
  }

  /** What is proved of one row holds of each row of a batch that is given the same. */
  @Test
  void rows_of_a_batch_are_given_the_same_row() {
    Model<Output> model = GivenNets.gated();
    Tensor x = Tensor.random(Shape.of(5, 2), 3, 0, 1);
    Tensor memory = Tensor.of(Shape.of(5, 2), 1, 2, 1, 2, 1, 2, 1, 2, 1, 2);
    Tensor y = model.predictAll(List.of(x, memory, Tensor.ofLongs(Shape.SCALAR, 16000))).get(0);
    for (int i = 0; i < y.size(); i++) {
      assertThat(y.doubleAt(i)).isBetween(1.0, 3.0);
    }
  }

  @Test
  void a_state_that_settles_the_batch_is_spoken_of_for_one_row() {
    Theorem<Output> claim = theorem("∀x ∈ [0, 1]. output[0] >= 2.999 and output[1] <= 4.001");
    Report report =
        asked(GivenNets.stateful(), claim.given("state", Tensor.of(Shape.of(2, 1), 3, 50)));
    assertThat(verdict(report)).isInstanceOf(Verdict.Proved.class);
    assertThat(report.toString()).contains("of exactly one row, as state is given for one");
    assertThat(report.certificate().check(report.model()).toString())
        .contains("of exactly one row, as state is given for one");
  }

  @Test
  void inputs_are_free_each_in_a_box_of_its_own() {
    for (Model<Output> model :
        List.of(GivenNets.scaled(Dim.symbol("N")), GivenNets.scaled(Dim.ONE), GivenNets.scalar())) {
      Report report =
          asked(model, theorem("∀x ∈ [0, 1] with gain in [0.5, 2]. max(output) <= 2.01"));
      assertThat(verdict(report)).as("%s", report).isInstanceOf(Verdict.Proved.class);
      assertThat(report.toString()).contains("inputs x in [0, 1] of 1×2, gain in [0.5, 2] of ");
      Verdict broken =
          verdict(asked(model, theorem("∀x ∈ [0, 1] with gain in [0.5, 2]. max(output) <= 1.9")));
      assertThat(broken).isInstanceOf(Verdict.Refuted.class);
      assertThat(((Verdict.Refuted) broken).counterexample()).hasSize(2);
    }
  }

  @Test
  void what_a_model_declares_of_inputs_is_asked_of_its_claims() {
    Model<Output> model = GivenNets.scaled(Dim.ONE).within("x", 0, 1).given("gain", 3);
    Report report = asked(model, outputIn(-0.01, 3.01).everywhere());
    assertThat(verdict(report)).isInstanceOf(Verdict.Proved.class);
    assertThat(report.claims().get(0).text()).startsWith("∀x with gain = 3. ");
    assertThat(verdict(asked(model, theorem("∀x with gain = 4. max(output) <= 3"))))
        .isInstanceOf(Verdict.Refuted.class);
  }

  @Test
  void a_ball_is_around_the_input_that_is_not_given() {
    Model<Output> model = GivenNets.scaled(Dim.ONE);
    Tensor x = Tensor.of(Shape.of(1, 2), 0.25f, 0.75f);
    for (double gain : new double[] {2, -1}) {
      Theorem<?> stays = robust(x, linf(0.1)).argmaxStays().given("gain", gain);
      Theorem<Output> asked = new Theorem<>(stays.region(), stays.formula());
      assertThat(verdict(asked(model, asked))).isInstanceOf(Verdict.Proved.class);
    }
    for (Claims.Radius radius : List.of(l1(0.25), l2(0.25))) {
      Property<Output> sum = property("output[0] + output[1] <= 2.8");
      assertThat(verdict(asked(model, sum.forAll(radius.around(x)).given("gain", 2))))
          .isInstanceOf(Verdict.Proved.class);
    }
  }

  @Test
  void a_round_ball_of_another_input_than_the_first_is_refused() {
    Region ball = new Region.Ball(Region.Norm.L2, Tensor.of(Shape.of(1, 1), 2), 0.5);
    Theorem<Output> claim =
        new Theorem<Output>(ball, PropertyText.formula("output[0] <= 3")).within("x", 0, 1);
    PropertyException refusal =
        catchThrowableOfType(
            PropertyException.class, () -> Verifier.prove(GivenNets.scaled(Dim.ONE), claim, SHORT));
    assertThat(refusal.diagnosis().what()).contains("a round ball for input gain");
    assertThat(refusal.diagnosis().fix()).contains("linf");
    Region flat = new Region.Ball(Region.Norm.LINF, Tensor.of(Shape.of(1, 1), 2), 0.5);
    Theorem<Output> boxed =
        new Theorem<Output>(flat, PropertyText.formula("output[0] <= 2.51")).within("x", 0, 1);
    assertThat(verdict(asked(GivenNets.scaled(Dim.ONE), boxed))).isInstanceOf(Verdict.Proved.class);
  }

  @Test
  void ids_pick_rows_that_are_known() {
    Theorem<Output> claim = theorem("∀x ∈ [0, 1]. output[0] >= 4.999 and output[1] <= 7.001");
    Report report = asked(GivenNets.picked(), claim.given("ids", Tensor.ofLongs(Shape.of(1), 2)));
    assertThat(verdict(report)).as("%s", report).isInstanceOf(Verdict.Proved.class);
    assertThat(report.toString()).contains("of exactly one row, as ids is given for one");
    assertThat(report.certificate().check(report.model()).toString())
        .contains("of exactly one row, as ids is given for one");
    assertThat(verdict(asked(GivenNets.picked(), claim.given("ids", 1))))
        .isInstanceOf(Verdict.Refuted.class);
  }

  @Test
  void sizes_are_those_of_what_is_given() {
    Theorem<Output> claim = theorem("∀x ∈ [0, 1]. sum(output) <= 4.001");
    assertThat(
            verdict(
                asked(GivenNets.reshaped(), claim.given("mask", Tensor.of(Shape.of(3), 1, 1, 2)))))
        .isInstanceOf(Verdict.Proved.class);
    assertThat(
            verdict(
                asked(
                    GivenNets.reshaped(), claim.given("mask", Tensor.of(Shape.of(4), 1, 1, 1, 2)))))
        .isInstanceOf(Verdict.Refuted.class);
  }

  @Test
  void over_the_reals_a_counterexample_is_proved_to_be_one() {
    Theorem<Output> claim = theorem("∀x ∈ [0, 1] with sr = 16000. output[1] <= 2.9");
    Verdict verdict = Verifier.prove(GivenNets.gated(), claim.given("memory", MEMORY), REALS);
    assertThat(verdict).isInstanceOf(Verdict.Refuted.class);
    Theorem<Output> wide = theorem("∀x ∈ [0, 1] with sr = 16000. output[1] <= 3.001");
    assertThat(Verifier.prove(GivenNets.gated(), wide.given("memory", MEMORY), REALS))
        .isInstanceOf(Verdict.ProvedOverReals.class);
  }

  @Test
  void samples_are_of_the_free_input() {
    Model<Output> model = GivenNets.gated().given("sr", 16000).given("memory", MEMORY);
    DataLoader data =
        DataLoader.of(
            Tensor.random(Shape.of(7, 2), 1, 0, 1), Tensor.ofLongs(Shape.of(7), new long[7]));
    Property<Output> held = new Property<>(PropertyText.formula("norm2(output) <= 4"));
    Report report = Verifier.verify(model.within("x", 0, 1), List.of(held), data, SHORT);
    assertThat(report.claims().get(0).samples()).isEqualTo(7);
    Property<Output> broken = new Property<>(PropertyText.formula("output[0] <= 1"));
    Verdict refuted =
        verdict(Verifier.verify(model.within("x", 0, 1), List.of(broken), data, SHORT));
    assertThat(((Verdict.Refuted) refuted).counterexample()).hasSize(3);
    Report moves =
        Verifier.verify(model.within("x", 0, 1), List.of(localLipschitz(0.1, 0.2)), data, SHORT);
    assertThat(verdict(moves)).isInstanceOf(Verdict.Tested.class);
    assertThat(moves.toString()).contains("with memory = ").contains(", sr = 16000");
    Verdict pair =
        verdict(
            Verifier.verify(
                model.within("x", 0, 1), List.of(localLipschitz(0.1, 0.01)), data, SHORT));
    assertThat(pair).isInstanceOf(Verdict.Refuted.class);
  }

  @Test
  void samples_for_several_free_inputs_are_refused() {
    DataLoader data =
        DataLoader.of(Tensor.zeros(Shape.of(3, 2)), Tensor.ofLongs(Shape.of(3), new long[3]));
    Property<Output> held = new Property<>(PropertyText.formula("norm2(output) <= 4"));
    PropertyException refusal =
        catchThrowableOfType(
            PropertyException.class,
            () -> Verifier.verify(GivenNets.scaled(Dim.ONE), List.of(held), data, SHORT));
    assertThat(refusal.diagnosis().what()).contains("free inputs [x, gain]");
  }

  @Test
  void a_free_whole_number_is_refused_with_what_to_type() {
    PropertyException refusal =
        catchThrowableOfType(
            PropertyException.class,
            () -> Verifier.prove(GivenNets.gated(), theorem("∀x ∈ [0, 1]. no_nan(output)"), SHORT));
    assertThat(refusal.diagnosis().what()).contains("input sr is int64 scalar and free");
    assertThat(refusal.diagnosis().fix()).contains("add with sr = @FILE.npy");
  }
}
