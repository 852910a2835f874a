package dev.axiomml.interop.vnnlib;

import static dev.axiomml.interop.vnnlib.VnnTexts.PLAIN;
import static dev.axiomml.interop.vnnlib.VnnTexts.UNIT;
import static dev.axiomml.interop.vnnlib.VnnTexts.boxes;
import static dev.axiomml.interop.vnnlib.VnnTexts.plain;
import static dev.axiomml.interop.vnnlib.VnnTexts.refusal;
import static dev.axiomml.interop.vnnlib.VnnTexts.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.core.property.Formula;
import dev.axiomml.core.property.statement.Sample;
import dev.axiomml.core.property.statement.StatementEvaluation;
import dev.axiomml.core.property.statement.Truth;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Decimal limits as float32 numbers, and disjunctions as boxes. */
class InputBoxesTest {
  private static final String ONE = "(assert (>= X_1 0)) (assert (<= X_1 1))";

  /** Every float32 near a limit, against exact decimals. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.1",
        "-0.1",
        "0.6798577687",
        "1",
        "-1",
        "0",
        "-0.0",
        "1e-46",
        "-1e-46",
        "1.4e-45",
        "16777217",
        "3.4028235e38",
        "0.3333333333333333333333",
        "1.00000005960464477539062500001"
      })
  void a_limit_keeps_exactly_the_floats_on_its_side(String text) {
    BigDecimal limit = new BigDecimal(text);
    InputRounding exact = InputRounding.EXACT;
    float near = limit.floatValue();

    for (float x = Math.nextDown(Math.nextDown(near)); x <= Math.nextUp(Math.nextUp(near)); ) {
      int sign = Float.isFinite(x) ? new BigDecimal(x).compareTo(limit) : 1;
      assertThat(x >= exact.low(limit, BigDecimal.ONE, false)).isEqualTo(sign >= 0);
      assertThat(x >= exact.low(limit, BigDecimal.ONE, true)).isEqualTo(sign > 0);
      if (Float.isFinite(x)) {
        assertThat(x <= exact.high(limit, BigDecimal.ONE, false)).isEqualTo(sign <= 0);
        assertThat(x <= exact.high(limit, BigDecimal.ONE, true)).isEqualTo(sign < 0);
      }
      float next = Math.nextUp(x);
      x = next == x ? Float.NaN : next;
    }
  }

  @Test
  void a_limit_of_a_multiple_is_divided_exactly() {
    Random random = new Random(5);
    for (int i = 0; i < 2_000; i++) {
      BigDecimal factor = BigDecimal.valueOf(random.nextInt(2_001) - 1_000, random.nextInt(4));
      BigDecimal number = BigDecimal.valueOf(random.nextInt(2_000_001) - 1_000_000, 5);
      if (factor.signum() != 0) {
        float low = InputRounding.EXACT.low(number, factor, false);
        BigDecimal bound = factor.signum() > 0 ? number : number.negate();
        assertThat(new BigDecimal(low).multiply(factor.abs())).isGreaterThanOrEqualTo(bound);
        assertThat(new BigDecimal(Math.nextDown(low)).multiply(factor.abs())).isLessThan(bound);
      }
    }
  }

  @Test
  void a_limit_beyond_float32_leaves_all_of_them_or_none() {
    BigDecimal huge = new BigDecimal("1e300");

    for (InputRounding rounding : InputRounding.values()) {
      assertThat(rounding.high(huge, BigDecimal.ONE, false))
          .isGreaterThanOrEqualTo(Float.MAX_VALUE);
      assertThat(rounding.low(huge.negate(), BigDecimal.ONE, false)).isEqualTo(-Float.MAX_VALUE);
    }
    assertThat(boxes("(assert (>= X_0 1e300)) (assert (<= X_0 1e301))" + ONE).empty()).isOne();
    assertThat(
            boxes("(assert (>= X_0 -1e300)) (assert (<= X_0 1e300))" + ONE).boxes().get(0).high())
        .containsExactly(Float.MAX_VALUE, 1);
  }

  @Test
  void two_limits_at_one_decimal_that_is_no_float_are_an_empty_box_or_its_nearest_float() {
    String text = "(assert (>= X_0 0.1)) (assert (<= X_0 0.1))" + ONE + "(assert (<= Y_0 0))";

    InputBoxes exact = plain(text).boxes(InputRounding.EXACT);
    InputBoxes nearest = plain(text).boxes(InputRounding.NEAREST);

    assertThat(exact.boxes()).isEmpty();
    assertThat(exact.empty()).isOne();
    assertThat(nearest.empty()).isZero();
    assertThat(nearest.boxes().get(0).low()).containsExactly(0.1f, 0);
    assertThat(nearest.boxes().get(0).high()).containsExactly(0.1f, 1);
  }

  @Test
  void contradicting_limits_are_an_empty_box() {
    assertThat(boxes(UNIT + "(assert (< X_0 0))").boxes()).isEmpty();
    assertThat(boxes(UNIT + "(assert (= X_0 2))").empty()).isOne();
  }

  @Test
  void disjuncts_with_limits_become_boxes_and_same_boxes_are_joined() {
    InputBoxes boxes =
        boxes(
            ONE
                + """
                (assert (or
                  (and (>= X_0 0) (<= X_0 0.25) (<= Y_0 1))
                  (and (>= X_0 0) (<= X_0 0.25) (>= Y_0 2))
                  (and (>= X_0 0.5) (<= X_0 1) (<= Y_1 3))))
                """);

    assertThat(boxes.boxes()).hasSize(2);
    assertThat(boxes.boxes().get(0).high()).containsExactly(0.25f, 1);
    assertThat(claim(boxes.boxes().get(0))).endsWith("not (output[0] <= 1 or output[0] >= 2)");
    assertThat(boxes.boxes().get(1).low()).containsExactly(0.5f, 0);
    assertThat(claim(boxes.boxes().get(1))).endsWith("not output[1] <= 3");
  }

  private static String claim(InputBox box) {
    return box.denied(Shape.of(1, 2), Shape.of(1, 2)).toString();
  }

  @Test
  void limits_of_one_disjunct_do_not_leak_into_another() {
    InputBoxes boxes =
        boxes(UNIT + "(assert (or (and (<= X_0 0.25) (<= Y_0 0)) (and (<= X_1 0.25) (<= Y_1 0))))");

    assertThat(boxes.boxes().get(0).high()).containsExactly(0.25f, 1);
    assertThat(boxes.boxes().get(1).high()).containsExactly(1, 0.25f);
  }

  @Test
  void disjunctions_of_outputs_stay_in_the_condition() {
    StringBuilder many = new StringBuilder(UNIT);
    for (int i = 0; i < 40; i++) {
      many.append("(assert (or (<= Y_0 ").append(i).append(") (<= Y_1 ").append(i).append(")))");
    }

    assertThat(boxes(many.toString()).boxes()).hasSize(1);
  }

  @Test
  void a_product_of_disjunctions_of_inputs_ends_and_keeps_its_meaning() {
    StringBuilder many = new StringBuilder(UNIT);
    for (int i = 1; i <= 40; i++) {
      many.append("(assert (or (<= X_0 0.0").append(i).append(") (>= X_1 0.").append(i);
      many.append(")))");
    }
    InputBoxes boxes = boxes(many.toString());

    assertThat(boxes.boxes().size() + boxes.empty()).isLessThanOrEqualTo(20_000);
  }

  /** The boxes with their conditions say what the file says, at random points. */
  @Test
  void boxes_mean_what_the_query_means() {
    Random random = new Random(11);
    for (int i = 0; i < 300; i++) {
      VnnQuery query = plain(UNIT + "(assert " + formula(random, 3) + ")");
      InputBoxes boxes = query.boxes(InputRounding.EXACT);
      for (int point = 0; point < 40; point++) {
        Tensor x = row(random.nextInt(9) / 8f, random.nextInt(9) / 8f);
        Tensor y = row(random.nextInt(3), random.nextInt(3));
        assertThat(boxes.boxes().stream().anyMatch(box -> breaks(box, x, y)))
            .as("%s at %s %s", query, x, y)
            .isEqualTo(query.isSatisfiedBy(x, y, InputRounding.EXACT));
      }
    }
  }

  private static String formula(Random random, int depth) {
    int kind = depth == 0 ? 2 : random.nextInt(4);
    if (kind < 2) {
      StringBuilder parts = new StringBuilder(kind == 0 ? "(and" : "(or");
      for (int i = random.nextInt(3); i >= 0; i--) {
        parts.append(' ').append(formula(random, depth - 1));
      }
      return parts.append(')').toString();
    }
    String relation = List.of("<=", ">=", "<", ">", "=").get(random.nextInt(5));
    String sum =
        List.of("X_0", "X_1", "Y_0", "(* -2 X_0)", "(+ X_1 Y_0)", "(- Y_0 Y_1)")
            .get(random.nextInt(6));
    return "(" + relation + " " + sum + " " + random.nextInt(5) / 4.0 + ")";
  }

  /** By the meaning of the claim that is asked. */
  private static boolean breaks(InputBox box, Tensor x, Tensor y) {
    boolean inside = true;
    for (int i = 0; i < x.size(); i++) {
      inside &= box.low()[i] <= x.doubleAt(i) && x.doubleAt(i) <= box.high()[i];
    }
    Formula denied = box.denied(x.shape(), y.shape()).formula();
    return inside && StatementEvaluation.decide(denied, new Sample(x, y)) == Truth.FAILS;
  }

  @Test
  void an_output_that_is_not_finite_satisfies_nothing() {
    VnnQuery query = plain(UNIT + "(assert (<= Y_0 1))");

    assertThat(query.isSatisfiedBy(row(0, 0), row(0, 0), InputRounding.EXACT)).isTrue();
    assertThat(query.isSatisfiedBy(row(0, 0), row(0, Float.NaN), InputRounding.EXACT)).isFalse();
    assertThat(query.isSatisfiedBy(row(0, 0), row(Float.NEGATIVE_INFINITY, 0), InputRounding.EXACT))
        .isFalse();
  }

  @Test
  void the_nearest_float_of_a_limit_satisfies_it_by_nearest_only() {
    VnnQuery query = plain("(assert (= X_0 0.1))" + ONE + "(assert (<= Y_0 0))");

    assertThat(query.isSatisfiedBy(row(0.1f, 0), row(0, 0), InputRounding.NEAREST)).isTrue();
    assertThat(query.isSatisfiedBy(row(0.1f, 0), row(0, 0), InputRounding.EXACT)).isFalse();
    assertThat(query.isSatisfiedBy(row(Math.nextUp(0.1f), 0), row(0, 0), InputRounding.NEAREST))
        .isFalse();
  }

  @Test
  void an_input_without_a_limit_is_refused_by_its_number() {
    String open = "(assert (>= X_0 0)) (assert (<= X_0 1)) (assert (>= X_1 0))";

    assertThat(refusal(PLAIN + open).what()).contains("element 1 of X", "no limit above");
    assertThat(refusal(PLAIN + "(assert (or (and (<= X_0 1) (>= X_0 0)) (<= Y_0 0)))").what())
        .contains("element 0 of X", "no limit below");
  }

  @Test
  void a_constant_condition_is_decided_by_itself() {
    assertThat(boxes(UNIT + "(assert (<= 1 0))").boxes()).isEmpty();
    assertThat(boxes(UNIT + "(assert (<= 0 1))").boxes()).hasSize(1);
  }
}
