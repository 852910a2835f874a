package dev.axiomml.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.axiomml.core.tensor.Tensor;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The numbers of PyTorch's layers, case by case. */
class PyTorchTest {
  /** Half a unit in the last place of 1. */
  private static final double UNIT = 0x1p-24;

  private static final Map<String, Function<Case, Tensor>> RULES = rules();

  private static Map<String, Function<Case, Tensor>> rules() {
    Map<String, Function<Case, Tensor>> rules = new HashMap<>(AffineCases.RULES);
    rules.putAll(ShapeCases.RULES);
    rules.putAll(ActivationCases.RULES);
    rules.putAll(SequenceCases.RULES);
    rules.putAll(NormCases.RULES);
    rules.putAll(ResizeCases.RULES);
    ActivationCases.SCALARS.forEach(
        (layer, word) -> rules.put(layer, c -> word.apply(c).apply(c.input(0))));
    return rules;
  }

  private static final List<Case> CASES = Case.all();

  static List<Case> compared() {
    return CASES.stream().filter(c -> Skipped.reason(c).isEmpty()).toList();
  }

  @ParameterizedTest
  @MethodSource("compared")
  void numbers_are_pytorchs(Case c) {
    Function<Case, Tensor> rule = RULES.get(c.layer());
    assertThat(rule).as("a rule for %s, or a reason in Skipped", c.layer()).isNotNull();
    Tensor y = rule.apply(c);
    assertThat(y.shape()).isEqualTo(c.output().shape());
    double[] tolerance = Tolerance.of(c, rule);
    Tensor reference = c.output64().orElse(c.output());
    for (int i = 0; i < y.size(); i++) {
      double expected = reference.doubleAt(i);
      double actual = y.doubleAt(i);
      boolean special = !(Math.abs((float) expected) <= Float.MAX_VALUE);
      boolean close =
          special
              ? Double.compare((float) expected, actual) == 0
              : Math.abs(actual - expected) <= tolerance[i];
      if (!close) {
        fail("%s[%d]: %s, PyTorch has %s, tolerance %s", c, i, actual, expected, tolerance[i]);
      }
    }
  }

  @Test
  void every_layer_has_a_rule_or_a_reason_and_no_rule_is_idle() {
    Set<String> layers = CASES.stream().map(Case::layer).collect(Collectors.toSet());
    Set<String> known = new HashSet<>(RULES.keySet());
    known.addAll(Skipped.LAYERS.keySet());
    assertThat(known).containsExactlyInAnyOrderElementsOf(layers);
    Set<String> names = CASES.stream().map(Case::name).collect(Collectors.toSet());
    assertThat(names).containsAll(Skipped.CASES.keySet());
    assertThat(Stream.concat(Skipped.LAYERS.values().stream(), Skipped.CASES.values().stream()))
        .allMatch(reason -> reason.length() > 10);
  }

  /** One weight of each layer off by a thousandth of the largest is more than the tolerance. */
  @Test
  void a_wrong_weight_would_be_seen() {
    for (Case c : compared()) {
      if (c.name()
          .matches("linear|conv2d|conv_transpose2d|batch_norm2d|layer_norm|gru|attention_self")) {
        Function<Case, Tensor> rule = RULES.get(c.layer());
        double[] tolerance = Tolerance.of(c, rule);
        double[] right = c.output().toDoubles();
        double[] wrong = rule.apply(c.withWrongWeight()).toDoubles();
        assertThat(IntStream.range(0, right.length))
            .as(c.name())
            .anyMatch(i -> Math.abs(wrong[i] - right[i]) > tolerance[i]);
      }
    }
  }
}
