package dev.axiomml.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.core.model.Verdict;
import dev.axiomml.core.run.Backends;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.testing.Needs;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ExamplesTest {
  private static final Path MODELS = Needs.repositoryRoot().resolve("examples/models");

  @Test
  void what_the_classifier_declares_is_proved() {
    assertThat(BuildAndProve.proved().findings())
        .isNotEmpty()
        .allMatch(finding -> finding.verdict() instanceof Verdict.Proved);
    BuildAndProve.main(new String[0]);
  }

  @Test
  void the_guard_lets_digits_through_and_no_nan() {
    assertThat(OpenAndGuard.guarded(MODELS).predict(OpenAndGuard.digit(MODELS, 1)).shape())
        .isEqualTo(Shape.of(1, 10));
    assertThat(OpenAndGuard.refused(MODELS)).contains("no_nan(output) is broken");
  }

  @Test
  void the_digit_is_robust() {
    assertThat(OpenAndGuard.robustness(MODELS)).isInstanceOf(Verdict.Proved.class);
    OpenAndGuard.main(new String[] {MODELS.toString()});
  }

  @Test
  void the_zoo_s_features_carry_another_head() {
    Tensor answer =
        RewriteWithZoo.classifier(32, 5).predict(Tensor.random(Shape.of(2, 32, 32, 3), 1, 0, 1));
    assertThat(answer.shape()).isEqualTo(Shape.of(2, 5));
  }

  @Test
  void all_backends_answer_the_same() {
    assertThat(CompileAndCompare.rows(MODELS))
        .anyMatch(row -> row.backend().equals(Backends.REFERENCE.name()))
        .allMatch(row -> row.difference() < 1e-5);
  }
}
