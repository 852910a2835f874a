package dev.axiomml.core.property;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

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

class PropertyTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "∀x ∈ [0, 1]. no_nan(output)",
        "forall x in [-0.5, 1e-3]. finite(output(x)) and not no_inf(x)",
        "∀x. sum(output) ≈ 1.0",
        "output[3] <= 2.5 or output[0] >= -1 implies argmax(output) == 7",
        "∀x. (output[0] + 2 * (output[1] - 3)) < max(output) ∧ min(output) > norm1(x)",
        "valid_probabilities(output)",
        "input[1, 2, 0] == 0",
        "local_lipschitz(0.01, 0.1)"
      })
  void what_is_printed_reads_back_as_the_same_tree(String text) {
    Theorem<Output> theorem = PropertyText.theorem(text);
    assertThat(PropertyText.<Output>theorem(theorem.toString())).isEqualTo(theorem);
  }

  @Test
  void and_binds_before_or_and_or_before_implies() {
    Formula formula =
        PropertyText.formula("no_nan(x) or finite(x) and no_inf(x) implies no_nan(output)");
    assertThat(formula).isInstanceOf(Formula.Implies.class);
    assertThat(((Formula.Implies) formula).left()).isInstanceOf(Formula.Or.class);
  }

  @Test
  void the_fluent_form_builds_the_tree_of_the_text() {
    assertThat(Claims.noNaN().forAll(Claims.inputIn(0, 1)))
        .isEqualTo(PropertyText.theorem("∀x ∈ [0,1]. no_nan(output(x))"));
    assertThat(Claims.validProbabilities().formula())
        .isEqualTo(PropertyText.formula("valid_probabilities(output)"));
    assertThat(Claims.localLipschitz(0.01, 0.1).formula())
        .isEqualTo(PropertyText.formula("local_lipschitz(0.01, 0.1)"));
  }

  @Test
  void a_ball_reads_its_centre_from_a_file(@TempDir Path folder) {
    Path file = folder.resolve("x 0.npy");
    Npy.write(Tensor.of(Shape.of(1, 2), 3, 4), file);
    Region region =
        PropertyText.theorem("∀x ∈ linf(" + file + ", 0.03). argmax(output) == 1").region();
    assertThat(region)
        .isEqualTo(new Region.Ball(Region.Norm.LINF, Tensor.of(Shape.of(1, 2), 3, 4), 0.03));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "no_nann(output) | no_nan",
        "sum(outptu) <= 1 | output",
        "argmax(output) = 3 | \"==\"",
        "∀x ∈ [1, 0]. no_nan(output) | low ≤ high",
        "∀x ∈ [0, 1] no_nan(output) | \".\"",
        "output[1.5] > 0 | whole number",
        "no_nan(output) no_nan(x) | should end",
        "output[0] | comparison",
        "(output[0] > 1 | \")\"",
        "linff(a.npy, 1) | linf"
      })
  void an_error_shows_the_place_and_the_nearest_word(String text, String expected) {
    PropertyException error =
        catchThrowableOfType(PropertyException.class, () -> PropertyText.theorem(text));
    assertThat(error.diagnosis().what()).contains(expected);
    assertThat(error.diagnosis().where()).contains(text).contains("^");
    assertThat(error.diagnosis().why()).isNotEmpty();
    assertThat(error.diagnosis().fix()).containsAnyOf("axiom verify --help", "inputIn(0, 1)");
  }

  @Test
  void no_text_makes_another_error_than_a_property_error() {
    String alphabet = "∀x∈[](),.01 output sum no_nan and or not <=≈ argmax == -*+ linf(é";
    java.util.SplittableRandom random = new java.util.SplittableRandom(42);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(30); n > 0; n--) {
        int from = random.nextInt(alphabet.length());
        text.append(alphabet, from, Math.min(alphabet.length(), from + 1 + random.nextInt(7)));
      }
      assertThat(answers(text.toString())).as("text %s", text).isTrue();
    }
  }

  private static boolean answers(String text) {
    try {
      PropertyText.theorem(text);
      return true;
    } catch (dev.axiomml.core.error.AxiomException e) {
      return true;
    }
  }
}
