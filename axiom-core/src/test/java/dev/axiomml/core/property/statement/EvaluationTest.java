package dev.axiomml.core.property.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.axiomml.core.error.PropertyException;
import dev.axiomml.core.property.PropertyText;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluationTest {
  private static final Tensor INPUT = Tensor.of(Shape.of(1, 2), -3, 4);

  private static boolean holds(String text, float... output) {
    Tensor y = Tensor.of(Shape.of(1, output.length), output);
    return StatementEvaluation.fault(PropertyText.formula(text), new Sample(INPUT, y)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sum(output) ≈ 1 | true",
        "output[0] + output[1] * 2 == 1.25 | true",
        "argmax(output) == 1 | true",
        "argmax(output) == 0 | false",
        "valid_probabilities(output) | true",
        "max(output) < 0.5 | false",
        "max(output) <= 0.5 | true",
        "min(output) > 0.25 | false",
        "norm1(x) == 7 and norm2(x) == 5 and norminf(x) == 4 | true",
        "not finite(output) | false",
        "output[0] * 0.1 * 10 == output[0] | true",
        "0.1 + 0.2 == 0.3 | true",
        "output[0] + 1 > output[0] | true",
        "output[0] + 1e-300 > output[0] | true",
        "output[0] <= 1e999 - 1e999 | false",
        "output[0] + 1e999 - 1e999 == 0.25 | true",
        "norm2(x) ≈ 5.000001 | true",
        "norm2(x) ≈ 5.00001 | false",
        "not norm2(x) ≈ 5.00001 | true",
        "norm2(output) * norm2(output) == 0.375 | false",
        "not argmax(output) == 0 | true",
        "not argmax(output) == 1 | false",
        "not valid_probabilities(output) | false",
        "not (output[0] < 0.25) | true",
        "not (output[0] == 0.25) | false",
        "1 < 0 | false",
        "not 1 < 0 | true",
        "x[0] * x[1] == -12 | true",
        "max(output) - min(output) == 0.25 | true",
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
        "finite(output)",
        "valid_probabilities(output)",
        "argmax(output) == 0",
        "max(output) >= 0",
        "sum(output) ≈ 1",
        "output[0] == output[0]",
        "output[0] * 0 == 0",
        "output[0] - output[0] == 0",
        "not output[0] < 9",
        "not output[0] == 0",
        "not argmax(output) == 1",
        "not valid_probabilities(output)",
        "not sum(output) ≈ 1",
        "output[0] > 9 implies 1 < 0"
      })
  void what_is_not_finite_satisfies_no_comparison_denied_or_not(String text) {
    assertThat(holds(text, Float.NaN, 1)).isFalse();
    assertThat(holds(text, Float.POSITIVE_INFINITY, 1)).isFalse();
    assertThat(holds(text, Float.NEGATIVE_INFINITY, 1)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"not no_nan(output)", "not finite(output)", "no_inf(output)"})
  void a_predicate_about_nan_may_be_denied(String text) {
    assertThat(holds(text, Float.NaN, 1)).isTrue();
  }

  @Test
  void an_element_that_is_not_mentioned_may_be_nan() {
    assertThat(holds("output[1] == 1", Float.NaN, 1)).isTrue();
  }

  @Test
  void one_class_alone_is_not_the_largest_where_it_is_nan() {
    assertThat(holds("argmax(output) == 0", 3)).isTrue();
    assertThat(holds("argmax(output) == 0", Float.NaN)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "output[3] <= 1",
        "output[0, 0] <= 1",
        "argmax(output) == 3",
        "argmax(output[0]) == 1",
        "softmax(x)[0] <= 1",
        "x[2] == 0"
      })
  void an_index_that_names_no_element_is_refused(String text) {
    assertThatExceptionOfType(PropertyException.class).isThrownBy(() -> holds(text, 1, 2, 3));
  }

  @Test
  void the_largest_of_several_rows_is_asked_of_each() {
    Tensor rows = Tensor.of(Shape.of(1, 2, 3), 0, 1, 2, 5, 4, 3);
    Sample sample = new Sample(INPUT, rows);
    assertThat(decided("argmax(output) == 2", sample)).isEqualTo(Truth.FAILS);
    assertThat(decided("argmax(output[0]) == 2", sample)).isEqualTo(Truth.HOLDS);
    assertThat(decided("argmax(output[1]) == 0", sample)).isEqualTo(Truth.HOLDS);
    assertThat(decided("not argmax(output) == 2", sample)).isEqualTo(Truth.HOLDS);
    assertThatExceptionOfType(PropertyException.class)
        .isThrownBy(() -> decided("argmax(output) == 5", sample))
        .withMessageContaining("name a class from 0 to 2");
  }

  @Test
  void what_has_no_batch_is_one_sample() {
    Sample sample = new Sample(INPUT, Tensor.of(Shape.of(3), 1, 5, 2));
    assertThat(decided("output[1] == 5 and sum(output) == 8", sample)).isEqualTo(Truth.HOLDS);
    assertThat(decided("argmax(output) == 1", sample)).isEqualTo(Truth.HOLDS);
    assertThat(decided("argmax(output) == 0", sample)).isEqualTo(Truth.FAILS);
  }

  @Test
  void what_square_roots_leave_open_is_neither_shown_nor_refuted() {
    Sample sample = new Sample(INPUT, Tensor.of(Shape.of(1, 2), 1, 1));
    assertThat(decided("norm2(output) * norm2(output) == 2", sample)).isEqualTo(Truth.UNDECIDED);
    assertThat(
            StatementEvaluation.fault(
                PropertyText.formula("norm2(output) * norm2(output) == 2"), sample))
        .isPresent();
  }

  /**
   * A millionth would be too much room for the sum of one number, too little for that of thirty.
   */
  @Test
  void a_sum_has_the_room_of_its_own_rounding() {
    float off = 1 + 5 * 0x1p-23f;
    assertThat(holds("sum(output) ≈ 1", off)).isFalse();
    assertThat(holds("max(output) ≈ 1", off)).isTrue();
    float[] thirty = new float[30];
    Arrays.fill(thirty, 0x1p-5f);
    thirty[0] += 2 * 0x1p-5f + 2e-6f;
    assertThat(holds("sum(output) ≈ 1", thirty)).isTrue();
  }

  @Test
  void whole_numbers_beyond_doubles_are_told_apart() {
    Tensor large = Tensor.ofLongs(Shape.of(1, 2), (1L << 53) + 1, 1L << 53);
    Sample sample = new Sample(INPUT, large);
    assertThat(decided("output[0] == output[1]", sample)).isEqualTo(Truth.FAILS);
    assertThat(decided("argmax(output) == 1", sample)).isEqualTo(Truth.FAILS);
    assertThat(decided("output[0] - output[1] == 1", sample)).isEqualTo(Truth.HOLDS);
  }

  private static Truth decided(String text, Sample sample) {
    return StatementEvaluation.decide(PropertyText.formula(text), sample);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "output[0] <= 0.1 | output[0] is 0.25, not <= 0.1",
        "not output[0] == 0.25 | output[0] is 0.25, which is == 0.25",
        "output[0] <= 0.24999999999999999999 | output[0] is 0.25 and 1.00e-20 more, not <="
            + " 0.24999999999999999999",
        "output[0] >= 0.25000000000000000001 | output[0] is 0.25 and 1.00e-20 less, not >="
            + " 0.25000000000000000001",
        "sum(output) ≈ 2 | sum(output) is 1.0, not ≈ 2 within (2n + 3)·2⁻²⁴·norm1(output), which is"
            + " 5.364418029785156E-7",
        "argmax(output) == 0 | element 1 is 0.5, element 0 is 0.25"
      })
  void a_fault_says_the_numbers(String text, String expected) {
    Sample sample = new Sample(INPUT, Tensor.of(Shape.of(1, 3), 0.25f, 0.5f, 0.25f));
    assertThat(StatementEvaluation.fault(PropertyText.formula(text), sample)).hasValue(expected);
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
