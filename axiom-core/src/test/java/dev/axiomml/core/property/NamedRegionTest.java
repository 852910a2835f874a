package dev.axiomml.core.property;

import static dev.axiomml.core.property.Claims.inputIn;
import static dev.axiomml.core.property.Claims.noNaN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.axiomml.core.error.AxiomException;
import dev.axiomml.core.error.PropertyException;
import dev.axiomml.core.tensor.Npy;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamedRegionTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "∀x ∈ [0, 1] with sr = 16000. no_nan(output)",
        "∀x with gain in [0.5, 2], sr = -1.5e-3. no_nan(output)",
        "forall x in float32 with onnx::Add_3 ∈ [-1, 1], input.1 = 0. no_nan(output)",
        "no_nan(output) with sr=16000,gain in float32",
        "∀x ∈ [0, 1]. no_nan(output) and output[0, 1] <= 2 with \"sample rate\" = 8000",
        "∀x with gain in [0.5, 2]. no_nan(output) with sr = 16000"
      })
  void what_is_printed_reads_back_as_the_same_tree(String text) {
    Theorem<Output> theorem = PropertyText.theorem(text);
    assertThat(PropertyText.<Output>theorem(theorem.toString())).isEqualTo(theorem);
    assertThat(theorem.region()).isInstanceOf(Region.Named.class);
  }

  @Test
  void the_fluent_form_builds_the_tree_of_the_text() {
    Theorem<Output> text =
        PropertyText.theorem("∀x ∈ [0, 1] with gain in [0.5, 2], sr = 16000. no_nan(output)");
    assertThat(noNaN().forAll(inputIn(0, 1)).within("gain", 0.5, 2).given("sr", 16000))
        .isEqualTo(text);
    assertThat(noNaN().forAll(inputIn(0, 1).given("sr", 16000).within("gain", 0.5, 2)))
        .isEqualTo(text);
    assertThat(
            PropertyText.<Output>theorem(
                "∀x ∈ [0, 1]. no_nan(output) with gain in [0.5, 2], sr = 16000"))
        .isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"∀x with state = @%s. no_nan(output)", "no_nan(output) with state = @%s"})
  void an_array_is_read_from_its_file_whatever_stands_behind_it(String text, @TempDir Path folder) {
    Tensor state = Tensor.of(Shape.of(2, 1), 3, 4);
    Path file = folder.resolve("st. 0.npy");
    Npy.write(state, file);
    Theorem<Output> theorem = PropertyText.theorem(text.formatted(file));
    assertThat(((Region.Named) theorem.region()).given())
        .containsEntry("state", new GivenValue.Array(state, file.toString()));
    assertThat(PropertyText.<Output>theorem(theorem.toString())).isEqualTo(theorem);
  }

  @Test
  void a_tensor_of_a_program_is_printed_by_its_number_or_its_shape() {
    Region region =
        inputIn(0, 1)
            .given("zeros", Tensor.zeros(Shape.of(2, 3)))
            .given("tenth", Tensor.scalar(0.1f))
            .given("state", Tensor.of(Shape.of(1, 2), 1, 2));
    assertThat(PropertyText.of(region))
        .isEqualTo("[0, 1] with zeros = 0, tenth = 0.1, state = 1×2 tensor");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "∀x with sr = 1, sr = 2. no_nan(x) | named twice",
        "∀x with sr = 1, sr in [0, 1]. no_nan(x) | named twice",
        "∀x with sr. no_nan(x) | = or in",
        "∀x with sr = . no_nan(x) | a number was expected",
        "∀x with sr = big. no_nan(x) | a number was expected",
        "∀x with sr in [2, 1]. no_nan(x) | low ≤ high",
        "∀x with sr = @state.txt. no_nan(x) | an array is a .npy file",
        "∀x with sr = @nowhere.npy. no_nan(x) | cannot read nowhere.npy",
        "no_nan(x) with sr = 1, | = or in",
        "with sr = 1 | \"with\" cannot stand here"
      })
  void what_cannot_be_read_is_refused_with_its_place(String text, String what) {
    AxiomException refusal =
        catchThrowableOfType(AxiomException.class, () -> PropertyText.theorem(text));
    assertThat(refusal.diagnosis().what()).contains(what);
    assertThat(refusal.diagnosis().where()).isNotEmpty();
    assertThat(refusal.diagnosis().why()).isNotEmpty();
    assertThat(refusal.diagnosis().fix()).isNotEmpty();
  }

  @Test
  void a_given_number_has_digits() {
    assertThat(
            catchThrowableOfType(
                PropertyException.class, () -> inputIn(0, 1).given("sr", Double.NaN)))
        .hasMessageContaining("NaN");
  }
}
