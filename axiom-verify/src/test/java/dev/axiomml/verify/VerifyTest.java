package dev.axiomml.verify;

import static dev.axiomml.core.property.Claims.finiteOutput;
import static dev.axiomml.core.property.Claims.inputIn;
import static dev.axiomml.core.property.Claims.localLipschitz;
import static dev.axiomml.core.property.Claims.noNaN;
import static dev.axiomml.core.property.Claims.outputIn;
import static dev.axiomml.core.property.Claims.property;
import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.core.model.DataLoader;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Verdict;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.verify.testing.Nets;
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

  @Test
  void without_a_domain_a_property_is_tested_not_refuted_by_far_inputs() {
    Model<Output> model = Nets.relus(1, 3, 4, 2);
    DataLoader data =
        DataLoader.of(Tensor.random(Shape.of(5, 3), 1, -1, 1), Tensor.zeros(Shape.of(5)));
    Report report = Verifier.verify(model, List.of(outputIn(-50, 50)), data);
    assertThat(report.findings().get(0).verdict()).isEqualTo(new Verdict.Tested(5));
  }

  @Test
  void declared_theorems_and_ensures_are_found_by_the_model_itself() {
    Model<Output> model = Nets.image(2).ensure(finiteOutput()).prove(noNaN().forAll(inputIn(0, 1)));
    assertThat(model.verify().findings())
        .hasSize(2)
        .allMatch(f -> f.verdict() instanceof Verdict.Proved);
  }
}
