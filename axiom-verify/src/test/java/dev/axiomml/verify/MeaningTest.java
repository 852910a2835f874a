package dev.axiomml.verify;

import static dev.axiomml.core.property.Claims.linf;
import static dev.axiomml.core.property.Claims.localLipschitz;
import static dev.axiomml.core.property.Claims.outputIn;
import static dev.axiomml.core.property.Claims.robust;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.axiomml.core.error.EnsureViolation;
import dev.axiomml.core.error.PropertyException;
import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.model.DataLoader;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Port;
import dev.axiomml.core.model.Signature;
import dev.axiomml.core.model.Verdict;
import dev.axiomml.core.op.move.Reshape;
import dev.axiomml.core.op.norm.LpNormalization;
import dev.axiomml.core.op.norm.Softmax;
import dev.axiomml.core.op.scalar.Exp;
import dev.axiomml.core.op.scalar.Log;
import dev.axiomml.core.op.scalar.Neg;
import dev.axiomml.core.op.scalar.Sqrt;
import dev.axiomml.core.property.Claims;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.property.OutputKind;
import dev.axiomml.core.property.Property;
import dev.axiomml.core.property.PropertyText;
import dev.axiomml.core.property.Region;
import dev.axiomml.core.property.Theorem;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.testing.Nets;
import dev.axiomml.verify.check.CheckResult;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a formula says is what is proved of it, what guards check, and what replays refute. */
class MeaningTest {
  private static final Budget SHORT = Budget.seconds(10);

  private static Verdict prove(Model<Output> model, String text) {
    return Verifier.prove(model, PropertyText.<Output>theorem(text), SHORT);
  }

  /** Numbers as they are. */
  private static Model<Output> same(long... sizes) {
    return Nets.from(sizes).then("minus", new Neg()).then("plus", new Neg()).model();
  }

  private static void assertNotProved(Model<Output> model, String text) {
    assertThat(prove(model, text)).as(text).isNotInstanceOf(Verdict.Proved.class);
  }

  private static void assertProved(Model<Output> model, String text) {
    assertThat(prove(model, text)).as(text).isInstanceOf(Verdict.Proved.class);
  }

  private static void assertRefuted(Model<Output> model, String text) {
    assertThat(prove(model, text)).as(text).isInstanceOf(Verdict.Refuted.class);
  }

  @Test
  void near_is_no_lower_bound() {
    assertRefuted(same(2), "forall x in [1, 2]. norm2(output) ≈ 1");
    assertRefuted(same(2), "forall x in [1, 2]. norm1(output) ≈ 1");
    assertRefuted(same(2), "forall x in [1, 2]. max(output) ≈ 1");
    assertRefuted(same(2), "forall x in [1, 2]. output[0] * output[1] ≈ 1");
    Model<Output> unit = Nets.from(3).then("unit", new LpNormalization(-1, 2, 0)).model();
    assertNotProved(unit, "forall x in [1, 2]. norm2(output) ≈ 0");
  }

  @Test
  void near_is_proved_where_it_holds() {
    Model<Output> softmax = Nets.from(4).then("softmax", new Softmax(-1)).model();
    assertProved(softmax, "forall x in [-5, 5]. sum(output) ≈ 1");
    assertProved(same(2), "forall x in [1, 1]. norm2(output) ≈ 1.4142135");
    assertProved(same(2), "forall x in [1, 2]. output[0] ≈ output[0]");
    assertRefuted(softmax, "forall x in [-5, 5]. not sum(output) ≈ 1");
    assertProved(same(2), "forall x in [1, 2]. not output[0] ≈ 3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "output[0] * 0.1 * 10 == output[0]",
        "output[0] * 0.1 * 3 == output[0] * 0.3",
        "output[0] + 1 > output[0]",
        "output[0] + 0.1 + 0.2 == output[0] + 0.3",
        "output[0] * 1e30 - output[0] * 1e30 == 0"
      })
  void arithmetic_inside_of_a_formula_is_exact(String formula) {
    Model<Output> model = same(1);
    assertProved(model, "forall x in [0, 1e30]. " + formula);
    Model<Output> guarded = model.ensure(formula);
    for (float x : new float[] {0, 1, 0.1f, 16777216, 1e30f, 3.4e37f}) {
      assertThat(guarded.predict(Tensor.of(Shape.of(1, 1), x)).floatAt(0)).isEqualTo(x);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "output[0] <= 1e999 - 1e999",
        "output[0] <= 0 or output[0] <= 1e999 - 1e999",
        "output[0] == output[0]",
        "output[0] - output[0] == 0",
        "output[0] * 0 == 0",
        "not output[0] < 3",
        "argmax(output) == 0",
        "not argmax(output) == 1",
        "output[0] > 3 or not 0 <= 1"
      })
  void a_number_that_is_none_satisfies_no_comparison(String formula) {
    Model<Output> log = Nets.from(1).then("log", new Log()).model();
    assertNotProved(log, "forall x in [-1, 1]. " + formula.replace("== 1", "== 0"));
  }

  @Test
  void a_comparison_with_no_number_cannot_be_written() {
    assertThatExceptionOfType(PropertyException.class)
        .isThrownBy(() -> outputIn(Double.NaN, 1))
        .withMessageContaining("NaN is no number to compare with");
    assertThatExceptionOfType(PropertyException.class)
        .isThrownBy(() -> PropertyText.formula("output[0] <= NaN"));
    assertThatExceptionOfType(PropertyException.class)
        .isThrownBy(() -> PropertyText.formula("output[0] <= 1e99999"))
        .withMessageContaining("too many digits");
  }

  @Test
  void the_largest_is_asked_of_every_row_and_its_index_is_checked() {
    Model<Output> rows = same(2, 3);
    for (int index : new int[] {3, 5, 77}) {
      assertThatExceptionOfType(PropertyException.class)
          .isThrownBy(() -> prove(rows, "forall x in [0, 1]. argmax(output) == " + index))
          .withMessageContaining("does not fit");
    }
    Tensor center = Tensor.of(Shape.of(1, 2, 3), 0, 0, 9, 4, 4.5f, 3);
    Region near = linf(0.3).around(center);
    String last = "argmax(output) == 2";
    assertThat(Verifier.prove(rows, new Theorem<Output>(near, PropertyText.formula(last)), SHORT))
        .isInstanceOf(Verdict.Refuted.class);
    String first = "argmax(output[0]) == 2";
    assertThat(Verifier.prove(rows, new Theorem<Output>(near, PropertyText.formula(first)), SHORT))
        .isInstanceOf(Verdict.Proved.class);
    Theorem<?> stays = robust(center, linf(0.3)).argmaxStays();
    assertThat(Verifier.prove(rows, new Theorem<Output>(stays.region(), stays.formula()), SHORT))
        .as("the second row changes its class")
        .isInstanceOf(Verdict.Refuted.class);
    stays = robust(center, linf(0.2)).argmaxStays();
    assertThat(Verifier.prove(rows, new Theorem<Output>(stays.region(), stays.formula()), SHORT))
        .isInstanceOf(Verdict.Proved.class);
  }

  @Test
  void a_formula_of_constants_has_an_answer() {
    assertRefuted(same(1), "forall x in [0, 1]. 1 < 0");
    assertRefuted(same(1), "forall x in [0, 1]. not 0.1 + 0.2 == 0.3");
    assertProved(same(1), "forall x in [0, 1]. 0.1 + 0.2 == 0.3");
    assertThatExceptionOfType(EnsureViolation.class)
        .isThrownBy(() -> same(1).ensure("1 < 0").predict(Tensor.of(Shape.of(1, 1), 0)));
  }

  @Test
  void softmax_of_a_free_vector_is_a_statement_over_the_reals() {
    Verdict free = Verifier.prove(PropertyText.theorem("sum(softmax(x)) <= 1"));
    assertThat(free).isInstanceOf(Verdict.ProvedOverReals.class);
    assertThat(free.word()).isEqualTo("PROVED over the reals");
    assertThat(Verifier.prove(PropertyText.theorem("softmax(x)[1] < 2")))
        .isInstanceOf(Verdict.ProvedOverReals.class);
    assertThat(Verifier.prove(PropertyText.theorem("softmax(x)[0, 0, 1] < 2")))
        .as("a vector has no such element")
        .isInstanceOf(Verdict.Unknown.class);
    Model<Output> softmax = Nets.from(10).then("softmax", new Softmax(-1)).model();
    assertNotProved(softmax, "forall x in [-5, 5]. sum(output) <= 1");
  }

  /** A guard that cut ten numbers into ten samples found none of them to be a distribution. */
  @Test
  void the_outputs_of_a_model_of_one_fixed_row_are_one_sample() {
    GraphBuilder builder = Graph.builder();
    Value x = builder.input("x", Type.float32(Shape.of(1, 3)));
    Value softmax = builder.add("softmax", new Softmax(-1), List.of(x)).get(0);
    Value y = builder.add("flat", new Reshape(Shape.of(3)), List.of(softmax)).get(0);
    Port in = new Port("x", x.type(), List.of(), Optional.empty());
    Port out = new Port("y", y.type(), List.of(), Optional.empty());
    Model<Output> model =
        Model.of(
            new Signature<>("row", List.of(in), List.of(out), OutputKind.OUTPUT),
            builder.build(List.of(y)));
    assertProved(model, "forall x in [0, 1]. output[2] <= 1 and max(output) <= 1");
    Tensor sample = Tensor.of(Shape.of(1, 3), 0, 1, 2);
    assertThat(model.ensure("output[2] >= output[0] and sum(output) ≈ 1").predict(sample).size())
        .isEqualTo(3);
    assertThatExceptionOfType(EnsureViolation.class)
        .isThrownBy(() -> model.ensure("argmax(output) == 0").predict(sample));
  }

  @Test
  void a_local_bound_compares_a_radius_with_a_limit() {
    Model<Output> model = same(2).ensure("finite(output)");
    Tensor samples = Tensor.of(Shape.of(2, 2), 0, 1, 2, 3);
    assertThat(answer(model, localLipschitz(0.01, 0.02), samples))
        .isInstanceOf(Verdict.Tested.class);
    assertThat(answer(model, localLipschitz(0.01, 0.005), samples))
        .isInstanceOf(Verdict.Refuted.class);
    assertThat(answer(model, Claims.lipschitz(0.01, 1.5), samples))
        .isInstanceOf(Verdict.Tested.class);
    assertThat(answer(model, Claims.lipschitz(0.01, 0.5), samples))
        .isInstanceOf(Verdict.Refuted.class);
  }

  @Test
  void a_local_bound_without_samples_is_attacked_on_the_whole_domain() {
    Model<Output> model = same(2).within(2, 3);
    for (Property<Output> broken :
        List.of(localLipschitz(0.01, 0.005), Claims.<Output>lipschitz(0.01, 0.5))) {
      Report report = Verifier.verify(model, List.of(broken), Budget.seconds(20));
      Verdict.Refuted refuted = (Verdict.Refuted) report.claims().get(0).verdict();
      assertThat(refuted.counterexample()).hasSize(2);
      for (Tensor x : refuted.counterexample()) {
        assertThat(java.util.Arrays.stream(x.toDoubles())).allMatch(e -> e >= 2 && e <= 3);
      }
      assertThat(report.certificate().check(model).outcome())
          .isEqualTo(CheckResult.Outcome.REFUTED);
      assertThat(report.outcome().exit()).isEqualTo(1);
    }
    Report open = Verifier.verify(model, List.of(localLipschitz(0.01, 0.02)), Budget.seconds(20));
    assertThat(((Verdict.Unknown) open.claims().get(0).verdict()).reason())
        .matches("a bound on how outputs move is not proved yet, and none of [1-9]\\d* pairs .*");
  }

  @Test
  void a_local_bound_is_attacked_on_all_finite_inputs_and_in_a_region() {
    Verdict everywhere =
        Verifier.prove(same(2), localLipschitz(0.01, 0.005).everywhere(), Budget.seconds(20));
    assertThat(everywhere).isInstanceOf(Verdict.Refuted.class);
    assertRefuted(same(2), "forall x in [5, 6]. local_lipschitz(0.5, 0.25)");
    assertNotProved(same(2), "forall x in [5, 6]. local_lipschitz(0.5, 0.75)");
    assertRefuted(same(2), "forall x in [5, 6]. lipschitz(0.5, 0.75)");
  }

  @Test
  void a_pair_that_samples_show_is_confirmed_like_every_refutation() {
    Model<Output> model = same(2);
    DataLoader data =
        DataLoader.of(Tensor.of(Shape.of(2, 2), 0, 1, 2, 3), Tensor.ofLongs(Shape.of(2), 0, 0));
    Report report = Verifier.verify(model, List.of(localLipschitz(0.01, 0.005)), data);
    assertThat(report.certificate().check(model).refuted()).hasSize(1);
    assertThatExceptionOfType(PropertyException.class)
        .isThrownBy(() -> Verifier.verify(model.within(0, 1), List.of(localLipschitz(1, 1)), data));
  }

  @Test
  void a_local_bound_is_broken_by_an_output_that_is_not_finite() {
    Model<Output> model = Nets.from(2).then("exp", new Exp()).model().within(80, 95);
    Report report = Verifier.verify(model, List.of(localLipschitz(1, 1e38)), Budget.seconds(20));
    assertThat(report.claims().get(0).verdict()).isInstanceOf(Verdict.Refuted.class);
    assertThat(report.certificate().check(model).refuted()).hasSize(1);
  }

  /** Beside the domain of a function its slope is no number, and points nowhere. */
  @Test
  void a_local_bound_is_attacked_where_there_is_no_slope() {
    Model<Output> root = Nets.from(2).then("root", new Sqrt()).model();
    Tensor samples = Tensor.of(Shape.of(2, 2), -1, -1, 1, 1);
    assertThat(answer(root, localLipschitz(0.001, 1), samples)).isInstanceOf(Verdict.Refuted.class);
  }

  @Test
  void a_bound_on_pairs_joined_with_another_formula_is_open() {
    assertNotProved(same(2), "forall x in [0, 1]. no_nan(output) and local_lipschitz(0.1, 0.2)");
    assertThat(
            answer(
                same(2),
                Claims.property("no_nan(output) and local_lipschitz(0.1, 0.2)"),
                Tensor.of(Shape.of(2, 2), 0, 1, 2, 3)))
        .isInstanceOf(Verdict.Unknown.class);
  }

  private static Verdict answer(Model<Output> model, Property<Output> property, Tensor samples) {
    DataLoader data = DataLoader.of(samples, Tensor.ofLongs(Shape.of(2), 0, 0));
    return Verifier.verify(model, List.of(property), data).claims().get(0).verdict();
  }

  @Test
  void numbers_that_say_nothing_are_refused() {
    for (double radius : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatExceptionOfType(PropertyException.class).isThrownBy(() -> linf(radius));
      assertThatExceptionOfType(PropertyException.class)
          .isThrownBy(() -> localLipschitz(radius, 1));
    }
    assertThatExceptionOfType(PropertyException.class).isThrownBy(() -> Claims.argmaxIs(-1));
    assertThatExceptionOfType(PropertyException.class).isThrownBy(() -> Claims.inputIn(1, 0));
    assertThatExceptionOfType(PropertyException.class)
        .isThrownBy(() -> Claims.inputIn(Double.NaN, 0));
  }
}
