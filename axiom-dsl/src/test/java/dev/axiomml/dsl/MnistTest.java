package dev.axiomml.dsl;

import static dev.axiomml.dsl.Dsl.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.core.model.Model;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.property.Probabilities;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import org.junit.jupiter.api.Test;

class MnistTest {
  static Model<Probabilities> mnist() {
    return Axiom.model("MNISTClassifier")
        .input(image(28, 28, 1))
        .conv(32, 3, same())
        .relu()
        .maxPool(2)
        .conv(64, 3, same())
        .relu()
        .maxPool(2)
        .flatten()
        .dense(128)
        .relu()
        .dropout(0.5)
        .dense(10)
        .softmax()
        .output(probabilities(10))
        .ensure(validProbabilities())
        .prove(noNaN().forAll(inputIn(0, 1)))
        .build();
  }

  @Test
  void the_readme_program_predicts_distributions() {
    Tensor y = mnist().predict(Tensor.random(Shape.of(2, 28, 28, 1), 1, 0, 1));
    assertThat(y.shape()).isEqualTo(Shape.of(2, 10));
    for (int row = 0; row < 2; row++) {
      double sum = 0;
      for (int i = 0; i < 10; i++) {
        sum += y.at(row, i);
      }
      assertThat(sum).isBetween(1 - 1e-6, 1 + 1e-6);
    }
  }

  @Test
  void its_weights_have_pytorchs_names_and_are_the_same_each_time() {
    assertThat(mnist().parameters().stream().map(Parameter::toString))
        .containsExactly(
            "conv1.weight 3×3×1×32",
            "conv1.bias 32",
            "conv2.weight 3×3×32×64",
            "conv2.bias 64",
            "dense1.weight 3136×128",
            "dense1.bias 128",
            "dense2.weight 128×10",
            "dense2.bias 10");
    assertThat(mnist().parameters()).isEqualTo(mnist().parameters());
  }

  @Test
  void text_forms_and_a_guard_say_the_same() {
    Model<Probabilities> plain = mnist();
    Model<?> unknown = plain;
    Model<?> safe = Axiom.guard(unknown).ensure(noNaN());
    assertThat(safe.ensures()).hasSize(2);
    Model<Output> texts =
        Axiom.model("t")
            .input(vector(4))
            .dense(3)
            .softmax()
            .output()
            .ensure("sum(output) ≈ 1.0")
            .prove("∀x ∈ [0,1]. no_nan(output(x))")
            .build();
    assertThat(texts.theorems().toString()).isEqualTo("[∀x ∈ [0, 1]. no_nan(output)]");
  }
}
