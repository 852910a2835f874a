package dev.axiomml.verify.junit;

import static dev.axiomml.core.property.Claims.finiteOutput;
import static dev.axiomml.core.property.Claims.linf;
import static dev.axiomml.core.property.Claims.localLipschitz;
import static dev.axiomml.core.property.Claims.outputIn;
import static dev.axiomml.verify.junit.ModelAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiomml.core.model.DataLoader;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.property.Claims;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.testing.Nets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ModelAssertTest {
  private static final Model<Output> IMAGE = Nets.image(4);
  private static final Tensor X = Tensor.random(Shape.of(1, 6, 6, 1), 9, 0, 1);

  @Test
  void what_is_proved_passes() {
    assertThat(IMAGE)
        .within(Duration.ofSeconds(20))
        .proves(finiteOutput())
        .proves("∀x ∈ [0,1]. valid_probabilities(output)")
        .proves(outputIn(0, 1).forAll(Claims.inputIn(0, 1)))
        .isRobust(X, linf(0.001));
  }

  @Test
  void what_is_refuted_fails_with_its_counterexample_and_a_fix() {
    assertThatThrownBy(() -> assertThat(IMAGE).proves("∀x ∈ [0,1]. output[0] > 0.99"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("REFUTED")
        .hasMessageContaining("output[0] is")
        .hasMessageContaining("x       [")
        .hasMessageContaining("fix:");
  }

  @Test
  void what_is_unknown_fails_with_its_reason_and_a_fix() {
    assertThatThrownBy(() -> assertThat(IMAGE).proves(localLipschitz(0.1, 2)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("UNKNOWN")
        .hasMessageContaining("declare the input's domain");
  }

  @Test
  void an_ensure_holds_on_data() {
    Tensor labels = Tensor.ofLongs(Shape.of(1), 0);
    DataLoader data = DataLoader.of(X, labels);
    assertThat(IMAGE).ensures(finiteOutput(), data);
    assertThatThrownBy(() -> assertThat(IMAGE).ensures(outputIn(0.9, 1), data))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("REFUTED");
    assertThat(data.samples()).isEqualTo(1);
  }
}
