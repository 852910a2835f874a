package dev.axiomml.verify;

import static dev.axiomml.core.property.Claims.finiteOutput;
import static dev.axiomml.core.property.Claims.inputIn;
import static dev.axiomml.core.property.Claims.localLipschitz;
import static dev.axiomml.core.property.Claims.noNaN;
import static dev.axiomml.core.property.Claims.outputIn;
import static dev.axiomml.core.property.Claims.property;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiomml.core.error.PropertyException;
import dev.axiomml.core.model.DataLoader;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Verdict;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.testing.Nets;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerifyTest {
  @Test
  void properties_are_proved_on_the_domain_and_tested_on_data() {
    Model<Output> model = Nets.image(2);
    DataLoader data = data(8);
    Report report =
        Verifier.verify(
            model,
            List.of(
                property("valid_probabilities(output)"),
                finiteOutput(),
                localLipschitz(0.01, 1000),
                localLipschitz(0.01, 1e-6),
                property("norm2(output) <= 0.99")),
            data);
    List<String> words = report.findings().stream().map(f -> f.verdict().word()).toList();
    assertThat(words.subList(0, 4)).containsExactly("PROVED", "PROVED", "TESTED", "REFUTED");
    assertThat(report.claims().get(0).samples()).isEqualTo(8);
  }

  private static DataLoader data(int samples) {
    return DataLoader.of(
        Tensor.random(Shape.of(samples, 6, 6, 1), 3, 0, 1), Tensor.zeros(Shape.of(samples)));
  }

  private static DataLoader near(int samples) {
    return DataLoader.of(
        Tensor.random(Shape.of(samples, 3), 1, -1, 1), Tensor.zeros(Shape.of(samples)));
  }

  @Test
  void a_counterexample_outweighs_samples_that_all_hold() {
    Model<Output> open = Nets.relus(1, 3, 4, 2);
    for (Model<Output> model : List.of(open, open.within(-100, 100))) {
      Report report = Verifier.verify(model, List.of(outputIn(-5, 5)), near(5));
      assertThat(report.findings().get(0).verdict()).isInstanceOf(Verdict.Refuted.class);
      assertThat(report.passed()).isFalse();
    }
    Verdict alone = Verifier.prove(open, outputIn(-5, 5).everywhere());
    assertThat(alone).isInstanceOf(Verdict.Refuted.class);
  }

  @Test
  void the_domain_of_an_answer_is_all_finite_inputs_where_none_is_declared() {
    Report report = Verifier.verify(Nets.relus(1, 3, 4, 2), List.of(outputIn(-50, 50)), near(5));
    assertThat(report.toString())
        .contains("REFUTED", "for all finite float32 inputs of 1×3: no domain was declared")
        .contains("--domain \"[0,1]\"", ".within(0, 1)");
  }

  @Test
  void samples_outside_of_the_domain_are_refused_by_number() {
    Model<Output> model = Nets.relus(1, 3, 4, 2).within(0, 0.5);
    assertThatThrownBy(() -> Verifier.verify(model, List.of(finiteOutput()), near(5)))
        .isInstanceOf(PropertyException.class)
        .hasMessageContaining("sample 0 holds ")
        .hasMessageContaining("[0.0, 0.5]")
        .hasMessageContaining("fix:");
  }

  @Test
  void nothing_asked_and_nothing_tested_are_no_pass() {
    Model<Output> model = Nets.relus(1, 3, 4, 2);
    assertThat(model.verify().findings()).isEmpty();
    assertThat(model.verify().passed()).isFalse();
    assertThat(Verifier.verify(model, List.of(), near(5)).passed()).isFalse();
    Report none =
        Verifier.verify(model.within(0, 1), List.of(property("norm2(output) <= 3")), near(0));
    assertThat(none.findings().get(0).verdict()).isNotInstanceOf(Verdict.Tested.class);
  }

  @Test
  void declared_theorems_and_ensures_are_found_by_the_model_itself() {
    Model<Output> model = Nets.image(2).ensure(finiteOutput()).prove(noNaN().forAll(inputIn(0, 1)));
    assertThat(model.verify().findings())
        .hasSize(2)
        .allMatch(f -> f.verdict() instanceof Verdict.Proved);
  }
}
