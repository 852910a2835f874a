package dev.axiomml.dsl;

import static dev.axiomml.dsl.Dsl.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiomml.core.error.ModelException;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.property.Scores;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlowTest {
  private static List<String> names(Model<?> model) {
    return model.parameters().stream().map(Parameter::name).toList();
  }

  @Test
  void a_flow_is_unchanged_by_what_follows_it() {
    VectorFlow x = Axiom.model("m").input(vector(4));
    VectorFlow kept = x.dense(3);
    Model<Output> first = kept.relu().dense(2).output().build();
    Model<Output> second = kept.output().build();
    Model<Output> again = x.dense(3).relu().dense(2).output().build();
    assertThat(names(second)).containsExactly("dense1.weight", "dense1.bias");
    assertThat(first.parameters()).isEqualTo(again.parameters());
    assertThat(x.shape()).isEqualTo(Shape.of(4));
  }

  @Test
  void branches_meet_again() {
    ImageFlow x = Axiom.model("m").input(image(8, 8, 2));
    ImageFlow left = x.conv(3, 3, same()).batchNorm();
    ImageFlow right = x.conv(3, 1);
    ImageFlow both = concat(left, right).conv(2, 1).plus(x).relu();
    assertThat(both.shape()).isEqualTo(Shape.of(8, 8, 2));
    Model<Output> model = both.output().build();
    Tensor y = model.predict(Tensor.random(Shape.of(1, 8, 8, 2), 4, -1, 1));
    assertThat(y.shape()).isEqualTo(Shape.of(1, 8, 8, 2));
    assertThat(names(model)).contains("conv1.weight", "batchnorm1.running_var", "conv3.bias");
  }

  @Test
  void a_skip_connection_adds_what_came_in() {
    VectorFlow x = Axiom.model("m").input(vector(3));
    Model<Output> twice = x.residual(f -> f.relu()).output().build();
    assertThat(twice.predict(Tensor.of(Shape.of(1, 3), -1, 0, 2)).toFloats())
        .containsExactly(-1, 0, 4);
  }

  @Test
  void several_inputs_keep_their_order_and_their_names() {
    Model<Scores> model =
        Axiom.model("two")
            .inputs(
                image(4, 4, 1).named("picture"),
                vector(3),
                (picture, facts) -> picture.flatten().concat(facts).dense(2))
            .output(scores(2))
            .build();
    assertThat(model.signature().inputs())
        .extracting(port -> port.name())
        .containsExactly("picture", "input");
    List<Tensor> in = List.of(Tensor.zeros(Shape.of(5, 4, 4, 1)), Tensor.zeros(Shape.of(5, 3)));
    assertThat(model.predictAll(in).get(0).shape()).isEqualTo(Shape.of(5, 2));
  }

  @Test
  void inputs_stay_in_the_order_of_writing_whatever_uses_them_first() {
    ModelOutline outline = Axiom.model("m");
    VectorFlow a = outline.input("a", vector(2));
    VectorFlow b = outline.input("b", vector(2));
    Model<Output> model = b.dense(2).plus(a).output().build();
    assertThat(model.signature().inputs())
        .extracting(port -> port.name())
        .containsExactly("a", "b");
  }

  @Test
  void several_outputs_are_answered_in_order() {
    VectorFlow x = Axiom.model("m").input(vector(4));
    VectorFlow hidden = x.dense(3).relu();
    Model<Scores> model = hidden.dense(2).output(scores(2)).also("hidden", hidden).build();
    List<Tensor> y = model.predictAll(List.of(Tensor.random(Shape.of(6, 4), 2, -1, 1)));
    assertThat(y).extracting(Tensor::shape).containsExactly(Shape.of(6, 2), Shape.of(6, 3));
    assertThat(model.signature().outputs().get(1).name()).isEqualTo("hidden");
  }

  @Test
  void names_are_counted_by_kind_or_given() {
    VectorFlow x = Axiom.model("m").input(vector(4));
    Model<Output> model =
        x.dense(4)
            .named("first")
            .dense(4)
            .scope("block", f -> f.dense(4).scope("inner", g -> g.dense(4).named("last")))
            .dense(4)
            .named("dense2")
            .dense(4)
            .output()
            .build();
    assertThat(names(model).stream().filter(name -> name.endsWith(".weight")))
        .containsExactly(
            "first.weight",
            "dense1.weight",
            "block.dense1.weight",
            "block.inner.last.weight",
            "dense2.weight",
            "dense3.weight");
  }

  @Test
  void a_layer_of_many_steps_is_named_as_one() {
    SequenceFlow x = Axiom.model("m").input(sequence(4, 6));
    Model<Output> plain = x.selfAttention(2).output().build();
    Model<Output> named = x.selfAttention(2).named("look").output().build();
    assertThat(names(plain)).first().isEqualTo("attention1.in_proj_weight");
    assertThat(names(named))
        .containsExactly(
            "look.in_proj_weight",
            "look.in_proj_bias",
            "look.out_proj.weight",
            "look.out_proj.bias");
  }

  @Test
  void a_shared_layer_has_one_weight() {
    Model<Output> model =
        Axiom.model("m")
            .inputs(
                vector(2),
                vector(2),
                (a, b) -> a.shared("twin", dense(3)).concat(b.shared("twin", dense(3))))
            .output()
            .build();
    assertThat(names(model)).containsExactly("twin.weight", "twin.bias");
    Tensor x = Tensor.of(Shape.of(1, 2), 0.5f, -2);
    float[] y = model.predictAll(List.of(x, x)).get(0).toFloats();
    assertThat(new float[] {y[0], y[1], y[2]}).containsExactly(y[3], y[4], y[5]);
  }

  @Test
  void two_layers_of_one_name_are_refused() {
    VectorFlow x = Axiom.model("m").input(vector(4)).dense(4).named("a").dense(4).named("a");
    assertThatThrownBy(() -> x.output().build())
        .isInstanceOfSatisfying(
            ModelException.class,
            e -> {
              assertThat(e.diagnosis().what()).isEqualTo("two layers are called a");
              assertThat(e.diagnosis().where()).isEqualTo("model m › a");
              assertThat(e.diagnosis().why()).contains("one layer");
              assertThat(e.diagnosis().fix()).contains("shared(");
            });
  }

  @Test
  void seeds_decide_the_first_weights() {
    List<Parameter> zero = net(0).parameters();
    assertThat(net(0).parameters()).isEqualTo(zero);
    assertThat(net(1).parameters()).isNotEqualTo(zero);
  }

  private static Model<Output> net(long seed) {
    return Axiom.model("m").seed(seed).input(vector(64)).dense(32).output().build();
  }

  /** nn.Linear draws weight and bias from ±1/√in. */
  @Test
  void first_weights_lie_in_pytorchs_bounds_and_fill_them() {
    Tensor weight = net(3).parameters().get(0).tensor();
    double largest = 0;
    double sum = 0;
    for (float w : weight.toFloats()) {
      largest = Math.max(largest, Math.abs(w));
      sum += w;
    }
    assertThat(largest).isBetween(0.99 / 8, 1.0 / 8);
    assertThat(Math.abs(sum / weight.size())).isLessThan(6.0 / 8 / Math.sqrt(3.0 * weight.size()));
  }

  @Test
  void another_model_goes_in_with_its_weights_and_any_batch() {
    Model<Output> inner = net(7);
    Model<Output> outer =
        Axiom.model("o")
            .input(vector(64))
            .then(inner)
            .named("body")
            .asVector()
            .relu()
            .output()
            .build();
    assertThat(names(outer)).containsExactly("body.dense1.weight", "body.dense1.bias");
    Tensor x = Tensor.random(Shape.of(3, 64), 1, -1, 1);
    assertThat(outer.predict(x)).isEqualTo(Functions.relu(inner.predict(x)));
  }

  @Test
  void two_models_with_weights_of_one_name_need_names() {
    VectorFlow x = Axiom.model("o").input(vector(64));
    AnyFlow first = x.then(net(1));
    AnyFlow second = x.then(net(2));
    assertThatThrownBy(() -> first.plus(second).output().build())
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("two different weights are called dense1.weight")
        .hasMessageContaining("named(");
    Model<Output> both = first.plus(second.named("b")).output().build();
    assertThat(names(both)).contains("dense1.weight", "b.dense1.weight");
    assertThat(names(x.then(net(1)).plus(x.then(net(1))).output().build())).hasSize(2);
  }

  @Test
  void gates_and_views_keep_every_element_in_its_place() {
    ImageFlow x = Axiom.model("m").input(image(2, 2, 2));
    Tensor in = Tensor.of(Shape.of(1, 2, 2, 2), 1, 2, 3, 4, 5, 6, 7, 8);
    Model<Output> gated = x.scaled(x.globalMaxPool()).output().build();
    assertThat(gated.predict(in).toFloats()).containsExactly(7, 16, 21, 32, 35, 48, 49, 64);
    Model<Output> squares = x.times(x).output().build();
    assertThat(squares.predict(in).toFloats()).containsExactly(1, 4, 9, 16, 25, 36, 49, 64);
    Model<Output> moved = x.asSequence().last().output().build();
    assertThat(moved.predict(in).toFloats()).containsExactly(7, 8);
    Model<Output> back = x.flatten().asImage(2, 2, 2).pad(1, 0, 0, 1).output().build();
    assertThat(back.predict(in).shape()).isEqualTo(Shape.of(1, 3, 3, 2));
  }

  @Test
  void first_embeddings_are_gaussian() {
    Model<Output> model = Axiom.model("m").input(tokens(1)).embedding(500, 8).output().build();
    double[] w = model.parameters().get(0).tensor().toDoubles();
    double mean = java.util.Arrays.stream(w).average().orElseThrow();
    double square = java.util.Arrays.stream(w).map(v -> v * v).average().orElseThrow();
    assertThat(Math.abs(mean)).isLessThan(5 / Math.sqrt(w.length));
    assertThat(Math.abs(square - 1)).isLessThan(5 * Math.sqrt(2.0 / w.length));
  }
}
