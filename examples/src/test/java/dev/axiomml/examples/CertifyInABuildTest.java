package dev.axiomml.examples;

import static dev.axiomml.dsl.Dsl.inputIn;
import static dev.axiomml.dsl.Dsl.linf;
import static dev.axiomml.dsl.Dsl.noNaN;
import static dev.axiomml.dsl.Dsl.property;
import static dev.axiomml.verify.junit.ModelAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiomml.core.model.Model;
import dev.axiomml.core.property.Probabilities;
import dev.axiomml.testing.Needs;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Example: a model that loses a property fails the build, as any other broken code does. */
class CertifyInABuildTest {
  private static final Path MODELS = Needs.repositoryRoot().resolve("examples/models");
  private final Model<Probabilities> digits = OpenAndGuard.classifier(MODELS);

  @Test
  void no_image_makes_it_answer_nan() {
    assertThat(digits).within(Duration.ofSeconds(20)).proves(noNaN().forAll(inputIn(0, 1)));
  }

  @Test
  void a_digit_is_read_the_same_however_it_is_smudged() {
    assertThat(digits).isRobust(OpenAndGuard.digit(MODELS, 1), linf(0.05));
  }

  @Test
  void a_false_claim_fails_with_its_counterexample() {
    assertThatThrownBy(
            () -> assertThat(digits).proves(property("output[8] <= 0.5").forAll(inputIn(0, 1))))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("REFUTED");
  }
}
