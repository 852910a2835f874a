package dev.axiomml.core.property;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluationTest {
  private static final Tensor INPUT = Tensor.of(Shape.of(1, 2), -3, 4);

  private static boolean holds(String text, float... output) {
    Tensor y = Tensor.of(Shape.of(1, output.length), output);
    return Evaluation.fault(PropertyText.formula(text), new Sample(INPUT, y)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sum(output) ≈ 1 | true",
        "output[0] + output[1] * 2 == 1.25 | true",
        "argmax(output) == 1 | true",
        "argmax(output) == 0 | false",
        "argmax(output) == 9 | false",
        "valid_probabilities(output) | true",
        "max(output) < 0.5 | false",
        "max(output) <= 0.5 | true",
        "min(output) > 0.25 | false",
        "norm1(x) == 7 and norm2(x) == 5 and norminf(x) == 4 | true",
        "not finite(output) | false",
        "max(output) > 1 implies output[0] == 5 | true",
        "max(output) > 1 or min(x) == -3 | true"
      })
  void a_formula_says_what_it_means(String text, boolean expected) {
    assertThat(holds(text, 0.25f, 0.5f, 0.25f)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "output[0] <= 9",
        "output[0] >= -9",
        "output[0] == 0",
        "no_nan(output)",
        "finite(output)",
        "valid_probabilities(output)",
        "argmax(output) == 0",
        "max(output) >= 0",
        "sum(output) ≈ 1"
      })
  void nan_satisfies_nothing(String text) {
    assertThat(holds(text, Float.NaN, 1)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"no_inf(output)", "finite(output)"})
  void infinity_is_seen(String text) {
    assertThat(holds(text, Float.NEGATIVE_INFINITY, 1)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(floats = {1e-7f, -1e-7f})
  void a_distribution_may_miss_one_by_rounding_only(float off) {
    assertThat(holds("valid_probabilities(output)", 0.25f, 0.75f + off)).isTrue();
    assertThat(holds("valid_probabilities(output)", 0.25f, 0.75f + 100 * off)).isFalse();
  }
}
