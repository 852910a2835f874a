package dev.axiomml.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiomml.core.error.ModelException;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.linear.Dense;
import dev.axiomml.core.op.norm.BatchNorm;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.run.Backends;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.testing.Nets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReplacedWeightsTest {
  private static final Tensor X = Tensor.random(Shape.of(2, 4), 9, -1, 1);
  private final Model<Output> model = Nets.relus(1, 4, 8, 3);

  private static Map<String, Tensor> weights(Model<?> model, long seed) {
    Map<String, Tensor> weights = new LinkedHashMap<>();
    model
        .parameters()
        .forEach(p -> weights.put(p.name(), Tensor.random(p.tensor().shape(), seed, 0.1, 1)));
    return weights;
  }

  /** A dense layer and a norm, as they are made first: nothing is added. */
  private static Model<Output> normed() {
    return Nets.from(4)
        .then(
            "fc", new Dense(), new Parameter("fc.weight", Tensor.random(Shape.of(4, 3), 1, -1, 1)))
        .then(
            "bn",
            new BatchNorm(1e-3),
            new Parameter("bn.mean", Tensor.zeros(Shape.of(3))),
            new Parameter("bn.var", Tensor.full(Shape.of(3), 1)))
        .model();
  }

  @Test
  void a_compiled_model_goes_over_to_other_weights() {
    try (CompiledModel compiled = model.compile(Backends.REFERENCE)) {
      Tensor before = compiled.predict(X);
      compiled.replaceWeights(weights(model, 5));
      Tensor expected = model.withWeights(weights(model, 5)).predict(X);
      assertThat(compiled.predict(X)).isEqualTo(expected).isNotEqualTo(before);
      Parameter first = model.parameters().get(0);
      compiled.replaceWeights(Map.of(first.name(), Tensor.zeros(first.tensor().shape())));
      Map<String, Tensor> both = weights(model, 5);
      both.put(first.name(), Tensor.zeros(first.tensor().shape()));
      assertThat(compiled.predict(X)).isEqualTo(model.withWeights(both).predict(X));
    }
  }

  @Test
  void numbers_that_change_what_the_network_is_are_followed() {
    Model<Output> normed = normed();
    Map<String, Tensor> others = weights(normed, 3);
    Model<Output> other = normed.withWeights(others);
    assertThat(normed.inference().nodes().get(0).in()).hasSize(2);
    assertThat(other.inference().nodes().get(0).in()).hasSize(3);
    try (CompiledModel compiled = normed.compile(Backends.REFERENCE)) {
      compiled.replaceWeights(others);
      assertThat(compiled.predict(X)).isEqualTo(other.predict(X));
      compiled.replaceWeights(weights(normed, 4));
      assertThat(compiled.predict(X)).isEqualTo(normed.withWeights(weights(normed, 4)).predict(X));
    }
  }

  @Test
  void one_tensor_may_be_given_for_two_weights_and_two_for_them_later() {
    Parameter first = model.parameters().get(1);
    Model<Output> square = Nets.relus(1, 4, 4, 4);
    Tensor shared = Tensor.random(Shape.of(4, 4), 2, -1, 1);
    List<String> names =
        square.parameters().stream()
            .filter(p -> p.tensor().shape().equals(shared.shape()))
            .map(Parameter::name)
            .toList();
    assertThat(names).hasSize(2);
    assertThat(first.tensor().shape()).isNotEqualTo(shared.shape());
    try (CompiledModel compiled = square.compile(Backends.REFERENCE)) {
      compiled.replaceWeights(Map.of(names.get(0), shared, names.get(1), shared));
      Map<String, Tensor> apart =
          Map.of(names.get(0), shared, names.get(1), Tensor.random(shared.shape(), 3, -1, 1));
      compiled.replaceWeights(apart);
      assertThat(compiled.predict(X)).isEqualTo(square.withWeights(apart).predict(X));
    }
  }

  @Test
  void an_unknown_name_is_refused_and_nothing_is_replaced() {
    try (CompiledModel compiled = model.compile(Backends.REFERENCE)) {
      Tensor before = compiled.predict(X);
      Map<String, Tensor> wrong = weights(model, 5);
      wrong.put("fc9.weight", Tensor.scalar(1));
      assertThatThrownBy(() -> compiled.replaceWeights(wrong))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("weights that are not there: fc9.weight")
          .hasMessageContaining("model " + model.name())
          .hasMessageContaining("weights are replaced by name")
          .hasMessageContaining("use names of parameters(): " + model.parameters().get(0).name());
      assertThat(compiled.predict(X)).isEqualTo(before);
    }
  }

  @Test
  void another_shape_or_element_type_is_refused() {
    Parameter first = model.parameters().get(0);
    Map<String, Tensor> turned = Map.of(first.name(), first.tensor().permute(1, 0));
    assertThatThrownBy(() -> model.withWeights(turned))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("weight " + first.name() + " of " + turned.get(first.name()).type())
        .hasMessageContaining("model " + model.name() + " › " + first.name())
        .hasMessageContaining("made for one shape and element type")
        .hasMessageContaining("give a tensor of " + first.tensor().type());
    Map<String, Tensor> wide = Map.of(first.name(), first.tensor().to(DType.FLOAT64));
    assertThatThrownBy(() -> model.withWeights(wide)).isInstanceOf(ModelException.class);
  }
}
