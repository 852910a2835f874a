package dev.axiomml.dsl;

import static dev.axiomml.dsl.Dsl.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiomml.core.error.EnsureViolation;
import dev.axiomml.core.model.InputSpec;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.property.Probabilities;
import dev.axiomml.core.property.Scores;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.dsl.zoo.Zoo;
import org.junit.jupiter.api.Test;

/** The programs of the design's page that need no other module, as they are written there. */
class ApiTest {
  @Test
  void residuals_and_branches_are_ordinary_values() {
    ImageFlow x = Axiom.model("net").input(image(8, 8, 64));
    ImageFlow y = x.conv(64, 3, same()).batchNorm().plus(x).relu();
    ImageFlow z = concat(x, y);
    ImageFlow r = x.residual(f -> f.conv(64, 3, same()).relu());
    assertThat(z.shape()).isEqualTo(Shape.of(8, 8, 128));
    assertThat(r.shape()).isEqualTo(x.shape());
    Layer<ImageFlow, ImageFlow> layer = Layers.conv2d(64, 3, 3, padding(1));
    assertThat(x.then(layer).shape()).isEqualTo(Shape.of(8, 8, 3));
  }

  @Test
  void a_flow_of_open_kind_is_told_what_it_is() {
    Model<?> anotherModel = MnistTest.mnist();
    VectorFlow y = Axiom.model("net").input(image(28, 28, 1)).then(anotherModel).asVector();
    assertThat(y.dense(3).shape()).isEqualTo(Shape.of(3));
  }

  @Test
  void a_guard_is_one_line_on_any_model() {
    Model<?> b = Axiom.model("root").input(vector(1)).dense(1).output().build();
    Model<?> safe = Axiom.guard(b).ensure(noNaN());
    Tensor bad = Tensor.of(Shape.of(1, 1), Float.NaN);
    assertThatThrownBy(() -> safe.predict(bad))
        .isInstanceOf(EnsureViolation.class)
        .hasMessageContaining("no_nan(output)")
        .hasMessageContaining("sample 0");
    assertThat(b.predict(bad).floatAt(0)).isNaN();
    Model<?> text = Axiom.guard(b).ensure("finite(output)").prove("∀x ∈ [0,1]. no_nan(output(x))");
    assertThat(text.theorems()).hasSize(1);
  }

  @Test
  void level_three_of_the_migration_is_written_as_it_is_said() {
    Model<Probabilities> classifier =
        Axiom.model("classifier")
            .input(image(64, 64, 3))
            .then(Zoo.resnet18().input(image(64, 64, 3)).features())
            .asImage()
            .globalAveragePool()
            .dense(1000)
            .softmax()
            .output(probabilities(1000))
            .ensure(validProbabilities())
            .prove(noNaN().everywhere())
            .build();
    assertThat(classifier.predict(Tensor.zeros(Shape.of(1, 64, 64, 3))).shape())
        .isEqualTo(Shape.of(1, 1000));
  }

  @Test
  void an_input_can_be_told_to_a_loader() {
    InputSpec spec = input(image(28, 28, 1).within(0, 1));
    assertThat(spec.sample().shape()).isEqualTo(Shape.of(28, 28, 1));
    assertThat(spec.channelsLast()).isTrue();
    assertThat(spec.domain()).isPresent();
  }

  @Test
  void sequences_and_tokens_go_through_recurrent_and_attention_layers() {
    Model<Scores> reader =
        Axiom.model("reader")
            .input(tokens(7))
            .embedding(100, 8)
            .lstm(8)
            .transformerEncoder(2, 16)
            .then(Layers.gru(6))
            .last()
            .dense(3)
            .output(scores(3))
            .build();
    Tensor y = reader.predict(Tensor.ofLongs(Shape.of(1, 7), 0, 1, 99, 3, 4, 5, 6));
    assertThat(y.shape()).isEqualTo(Shape.of(1, 3));
    assertThat(reader.parameters())
        .extracting(p -> p.name())
        .contains(
            "embedding1.weight",
            "lstm1.weight_ih_l0",
            "encoder1.self_attn.in_proj_weight",
            "encoder1.linear2.bias",
            "gru1.bias_hh_l0");
  }

  @Test
  void a_head_can_be_cut_and_scores_become_probabilities() {
    Model<Output> raw = Axiom.model("raw").input(vector(4)).dense(3).output().build();
    Model<Probabilities> classes = raw.withSoftmax().ensure(validProbabilities());
    assertThat(classes.predict(Tensor.zeros(Shape.of(2, 4))).shape()).isEqualTo(Shape.of(2, 3));
  }
}
