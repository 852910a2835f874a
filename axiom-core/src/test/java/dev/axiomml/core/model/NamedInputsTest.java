package dev.axiomml.core.model;

import static dev.axiomml.core.property.Claims.linf;
import static dev.axiomml.core.property.Claims.noNaN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.axiomml.core.error.PropertyException;
import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.pair.Add;
import dev.axiomml.core.property.GivenValue;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.property.OutputKind;
import dev.axiomml.core.property.PropertyText;
import dev.axiomml.core.property.Region;
import dev.axiomml.core.property.Theorem;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamedInputsTest {
  /** {@code x: N×T}, {@code state: 2×N×T}, {@code sr: int64}; none of them is computed with. */
  private static Model<Output> model() {
    GraphBuilder builder = Graph.builder();
    Dim n = Dim.symbol("N");
    Dim t = Dim.symbol("T");
    Value x = builder.input("x", Type.float32(Shape.of(n, t)));
    Value state = builder.input("state", Type.float32(Shape.of(Dim.of(2), n, t)));
    Value sr = builder.input("sr", Type.of(Shape.SCALAR, DType.INT64));
    Value out = builder.add("sum", new Add(), List.of(x, x)).get(0);
    return Model.of(
        new Signature<>(
            "vad", List.of(port(x), port(state), port(sr)), List.of(port(out)), OutputKind.OUTPUT),
        builder.build(List.of(out)));
  }

  private static Port port(Value value) {
    List<String> axes = java.util.Collections.nCopies(value.type().shape().rank(), "axis");
    return new Port(value.name(), value.type(), axes, Optional.empty());
  }

  private static Region.Named asked(String text) {
    Theorem<Output> theorem = PropertyText.theorem(text);
    return (Region.Named) model().asked(theorem).region();
  }

  @Test
  void numbers_fill_inputs_once_arrays_have_settled_their_sizes() {
    Theorem<Output> theorem =
        noNaN()
            .forAll(new Region.Range(0, 1))
            .given("sr", 16000)
            .given("state", Tensor.full(Shape.of(2, 1, 3), 7));
    assertThat(((Region.Named) model().asked(theorem).region()).given())
        .containsExactly(
            java.util.Map.entry("state", new GivenValue.Array(Tensor.full(Shape.of(2, 1, 3), 7))),
            java.util.Map.entry("sr", new GivenValue.Array(Tensor.ofLongs(Shape.SCALAR, 16000))));
  }

  @Test
  void what_a_model_declares_is_given_to_claims_that_do_not_name_it() {
    Model<Output> model = model().given("sr", 8000).given("state", Tensor.zeros(Shape.of(2, 1, 4)));
    Theorem<Output> theorem = PropertyText.theorem("∀x ∈ [0, 1]. no_nan(output) with sr = 16000");
    Region.Named named = (Region.Named) model.asked(theorem).region();
    assertThat(named.given().get("sr"))
        .isEqualTo(new GivenValue.Array(Tensor.ofLongs(Shape.SCALAR, 16000)));
    assertThat(named.given()).containsKey("state");
    Region.Named open = (Region.Named) model.asked(noNaN().everywhere()).region();
    assertThat(open.others()).as("as no domain is declared").isEqualTo(new Region.Everything());
    refused(noNaN().everywhere(), "input sr is int64 scalar and free");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "∀x ∈ [0, 1] with rate = 1. no_nan(output) | no input is called \"rate\"",
        "∀x ∈ [0, 1] with state = 0, sr = 1. no_nan(output) | its size 2×1×T is open",
        "∀x ∈ [0, 1] with state in [0, 1]. no_nan(output) | input sr is int64 scalar and free",
        "∀x with state in [0, 1], sr = 1. no_nan(output) | input x is neither given nor has a"
            + " domain",
        "∀x ∈ [0, 1] with sr = 1.5. no_nan(output) | input sr is given as 1.5",
        "∀x ∈ [0, 1] with sr = 1e20. no_nan(output) | input sr is given as 1E+20",
        "∀x ∈ [0, 1] with sr = 1, x in [0, 1], state in [0, 1], sr2 = 1. no_nan(output) | sr2"
      })
  void what_does_not_fit_is_refused_in_four_parts(String text, String what) {
    assertFourParts(catchThrowableOfType(PropertyException.class, () -> asked(text)), what);
  }

  private static void assertFourParts(PropertyException refusal, String what) {
    assertThat(refusal.diagnosis().what()).contains(what);
    assertThat(refusal.diagnosis().where()).contains("model vad › input");
    assertThat(refusal.diagnosis().why()).isNotEmpty();
    assertThat(refusal.diagnosis().fix()).matches(".*(with|write|give|leave|name).*");
  }

  @Test
  void tensors_that_are_not_of_the_input_are_refused() {
    Theorem<Output> claim = noNaN().forAll(new Region.Range(0, 1)).given("sr", 1);
    refused(claim.given("state", Tensor.zeros(Shape.of(1, 3))), "given as float32 1×3");
    refused(claim.given("state", Tensor.zeros(Shape.of(3, 1, 3))), "given as float32 3×1×3");
    refused(claim.given("state", Tensor.zeros(Shape.of(2, 4, 3))), "given as float32 2×4×3");
    refused(claim.given("state", Tensor.ofLongs(Shape.of(2, 1, 1), 1, 2)), "given as int64 2×1×1");
  }

  @Test
  void a_formula_does_not_mention_an_input_that_is_given() {
    Region region = new Region.Range(0, 1).given("x", Tensor.zeros(Shape.of(1, 3))).given("sr", 1);
    refused(
        new Theorem<>(region, PropertyText.formula("output[0] <= x[0]")), "x in output[0] <= x[0]");
    assertThat(model().asked(new Theorem<>(region, PropertyText.formula("output[0] <= 1"))))
        .isNotNull();
  }

  @Test
  void something_is_free_and_a_ball_is_around_one_input() {
    Region all =
        new Region.Range(0, 1)
            .given("x", Tensor.zeros(Shape.of(1, 3)))
            .given("state", Tensor.zeros(Shape.of(2, 1, 3)))
            .given("sr", 1);
    refused(noNaN().forAll(all), "every input is given");
    Region ball = linf(0.1).around(Tensor.zeros(Shape.of(1, 3))).given("sr", 1);
    refused(noNaN().forAll(ball), "a region around a tensor for inputs [x, state]");
  }

  private static void refused(Theorem<Output> theorem, String what) {
    assertFourParts(
        catchThrowableOfType(PropertyException.class, () -> model().asked(theorem)), what);
  }

  @Test
  void one_input_alone_is_declared_to_be_in_an_interval() {
    Model<Output> model = model().within("state", -1, 1);
    assertThat(model.signature().inputs().get(0).domain()).isEmpty();
    assertThat(model.signature().inputs().get(1).domain()).contains(new Region.Range(-1, 1));
    assertFourParts(
        catchThrowableOfType(PropertyException.class, () -> model.within("gain", 0, 1)), "gain");
  }
}
