package dev.axiomml.interop.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.axiomml.core.error.ModelException;
import dev.axiomml.core.model.CompiledModel;
import dev.axiomml.core.model.Layout;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.WeightOrigin;
import dev.axiomml.core.run.Backends;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Weights that a file computes of others: a replaced one reaches all that follows from it. */
class ComputedWeightsTest {
  private static final Type ROWS = Type.of(Shape.of(Dim.symbol("N"), Dim.of(4)), DType.FLOAT32);
  private static final Type IMAGES = Type.of(Shape.of(2, 3, 5, 5), DType.FLOAT32);
  private static final Type STEPS = Type.of(Shape.of(3, 2, 4), DType.FLOAT32);

  @TempDir private Path folder;

  /**
   * A network in a file.
   *
   * @param weights by name, as the file holds them
   * @param nodes adds the nodes
   */
  private record Written(
      String name, Type in, Map<String, Tensor> weights, UnaryOperator<Nodes> nodes) {
    Model<?> load(Path folder, Map<String, Tensor> other) {
      Nodes file = Nodes.of().input("x", in);
      weights.forEach((key, own) -> file.weight(key, other.getOrDefault(key, own)));
      return Onnx.load(nodes.apply(file).write(folder, 17), Layout.AS_FILE);
    }

    Tensor input() {
      return Tensor.random(in.shape().bind(symbol -> Dim.of(3)), 99, -1, 1);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static Map<String, Tensor> weights(Object... namesAndShapes) {
    Map<String, Tensor> weights = new LinkedHashMap<>();
    for (int i = 0; i < namesAndShapes.length; i += 2) {
      Tensor tensor = Tensor.random((Shape) namesAndShapes[i + 1], i + 1, 0.1, 1);
      weights.put((String) namesAndShapes[i], tensor);
    }
    return weights;
  }

  private static Written adapted() {
    return new Written(
        "adapted",
        ROWS,
        weights("w", Shape.of(4, 4), "a", Shape.of(4, 2), "b", Shape.of(2, 4), "s", Shape.SCALAR),
        nodes ->
            nodes
                .node("MatMul", "ab < a b")
                .node("Mul", "scaled < ab s")
                .node("Add", "sum < w scaled")
                .node("MatMul", "y < x sum"));
  }

  private static Written normed() {
    return new Written(
        "normed",
        IMAGES,
        weights("g", Shape.of(2, 1, 1, 1), "v", Shape.of(2, 3, 3, 3), "bias", Shape.of(2)),
        nodes ->
            nodes
                .node("ReduceL2", "norm < v", Nodes.wholes("axes", 1, 2, 3))
                .node("Div", "unit < v norm")
                .node("Mul", "kernel < g unit")
                .node("Conv", "y < x kernel bias"));
  }

  private static Written biased() {
    return new Written(
        "biased",
        ROWS,
        weights("w", Shape.of(4, 4), "b", Shape.of(4), "c", Shape.of(4)),
        nodes -> nodes.node("Mul", "bc < b c").node("MatMul", "h < x w").node("Add", "y < h bc"));
  }

  private static Written turned() {
    return new Written(
        "turned",
        ROWS,
        weights("w", Shape.of(4, 4)),
        nodes ->
            nodes
                .node("MatMul", "h < x w")
                .node("Transpose", "t < w", Nodes.wholes("perm", 1, 0))
                .node("MatMul", "y < h t"));
  }

  private static Written recurrent() {
    return new Written(
        "recurrent",
        STEPS,
        weights(
            "w",
            Shape.of(1, 20, 4),
            "r",
            Shape.of(1, 20, 5),
            "b",
            Shape.of(1, 40),
            "more",
            Shape.of(1, 1, 4)),
        nodes ->
            nodes
                .node("Add", "all < w more")
                .node("LSTM", "y < x all r b", Nodes.whole("hidden_size", 5)));
  }

  private static Written divided() {
    return new Written(
        "divided", ROWS, weights("d", Shape.of(4)), nodes -> nodes.node("Div", "y < x d"));
  }

  static Stream<Written> networks() {
    return Stream.of(adapted(), normed(), biased(), turned(), recurrent(), divided());
  }

  private static Tensor stored(Parameter weight, Tensor tensor) {
    return ((WeightOrigin.Stored) weight.origin()).toFile(tensor);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void weights_are_the_file_s_own(Written network) {
    assertThat(network.load(folder, Map.of()).parameters())
        .extracting(Parameter::name)
        .containsExactlyInAnyOrderElementsOf(network.weights().keySet());
  }

  @ParameterizedTest
  @MethodSource("networks")
  void a_replaced_weight_is_that_of_a_file_with_it(Written network) {
    Tensor x = network.input();
    Model<?> model = network.load(folder, Map.of());
    Tensor before = model.predict(x);
    for (Parameter weight : model.parameters()) {
      Tensor other = Tensor.random(weight.tensor().shape(), 77, 0.1, 1);
      Tensor wanted = network.load(folder, Map.of(weight.name(), stored(weight, other))).predict(x);
      assertThat(wanted).as("%s counts", weight).isNotEqualTo(before);
      assertThat(model.withWeights(Map.of(weight.name(), other)).predict(x))
          .as("%s", weight)
          .isEqualTo(wanted);
      try (CompiledModel compiled = model.compile(Backends.REFERENCE)) {
        assertThat(compiled.predict(x)).isEqualTo(before);
        compiled.replaceWeights(Map.of(weight.name(), other));
        assertThat(compiled.predict(x)).as("%s", weight).isEqualTo(wanted);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void what_is_written_computes_the_same(Written network) {
    Model<?> model = network.load(folder, Map.of());
    Path file = folder.resolve("written.onnx");
    Onnx.save(model, file, Layout.AS_FILE);
    assertThat(Onnx.load(file, Layout.AS_FILE).predict(network.input()))
        .isEqualTo(model.predict(network.input()));
  }

  private static Written exponent() {
    return new Written(
        "exponent",
        ROWS,
        Map.of("n", Tensor.scalar(3)),
        nodes -> nodes.node("Pow", "p < x n").node("Mul", "y < p n"));
  }

  private static Written computedExponent() {
    return new Written(
        "computed exponent",
        ROWS,
        Map.of("n", Tensor.scalar(3)),
        nodes -> nodes.node("Add", "m < n n").node("Pow", "p < x m").node("Mul", "y < p n"));
  }

  private static Written limit() {
    return new Written(
        "limit",
        ROWS,
        Map.of("n", Tensor.scalar(0.5f)),
        nodes -> nodes.node("Clip", "c < x  n").node("Mul", "y < c n"));
  }

  private static Written wholeNumber() {
    return new Written(
        "whole number",
        ROWS,
        Map.of("n", Tensor.scalar(3)),
        nodes ->
            nodes
                .node("Cast", "k < n", Nodes.whole("to", 7))
                .node("Cast", "f < k", Nodes.whole("to", 1))
                .node("Mul", "p < x f")
                .node("Mul", "y < p n"));
  }

  private static Written formula() {
    return new Written(
        "formula",
        ROWS,
        Map.of("n", Tensor.scalar(0.5f), "r", Tensor.scalar((float) Math.sqrt(0.5))),
        nodes ->
            nodes
                .node("Mul", "z < x r")
                .node("Erf", "e < z")
                .node("Add", "f < e one")
                .node("Mul", "g < x f")
                .node("Mul", "h < g n")
                .node("Mul", "y < h n")
                .weight("one", Tensor.scalar(1)));
  }

  static Stream<Written> pinned() {
    return Stream.of(exponent(), computedExponent(), limit(), wholeNumber(), formula());
  }

  @ParameterizedTest
  @MethodSource("pinned")
  void a_weight_whose_number_decided_what_the_network_is_keeps_it(Written network) {
    Model<?> model = network.load(folder, Map.of());
    Map<String, Tensor> other = Map.of("n", Tensor.scalar(2));

    var error = catchThrowableOfType(ModelException.class, () -> model.withWeights(other));

    assertThat(model.parameters()).extracting(Parameter::name).contains("n");
    assertThat(error.diagnosis().what()).isEqualTo("other numbers for weight n");
    assertThat(error.diagnosis().where()).isEqualTo("weight n scalar");
    assertThat(error.diagnosis().why()).contains("decided what the network is");
    assertThat(error.diagnosis().fix()).contains("write the numbers to the file");
    Map<String, Tensor> same = Map.of("n", model.parameters().get(0).tensor());
    assertThat(model.withWeights(same).predict(network.input()))
        .isEqualTo(model.predict(network.input()));
  }

  @Test
  void a_weight_that_is_held_in_two_orders_of_which_nobody_knows_is_refused() {
    Written shuffled =
        new Written(
            "shuffled",
            ROWS,
            Map.of("w", Tensor.random(Shape.of(4, 4), 5, -1, 1)),
            nodes ->
                nodes
                    .weight("cut", Tensor.ofLongs(Shape.of(3), 2, 2, 4))
                    .weight("flat", Tensor.ofLongs(Shape.of(2), 4, 4))
                    .node("Reshape", "c < w cut")
                    .node("Transpose", "s < c", Nodes.wholes("perm", 1, 0, 2))
                    .node("Transpose", "t < c", Nodes.wholes("perm", 1, 2, 0))
                    .node("Reshape", "f < s flat")
                    .node("Reshape", "g < t flat")
                    .node("Transpose", "u < f", Nodes.wholes("perm", 1, 0))
                    .node("Transpose", "v < g", Nodes.wholes("perm", 1, 0))
                    .node("MatMul", "h < x u")
                    .node("MatMul", "y < h v"));
    Model<?> model = shuffled.load(folder, Map.of());
    Map<String, Tensor> other = Map.of("w", Tensor.random(Shape.of(4, 4), 6, -1, 1));

    var error = catchThrowableOfType(ModelException.class, () -> model.withWeights(other));

    assertThat(error.diagnosis().what()).startsWith("weight w is held twice");
    assertThat(error.diagnosis().why()).isEqualTo("how one lies in the other is not known");
  }

  @Test
  void layers_are_shown_with_what_their_weights_are_computed_of() {
    Model<?> model = adapted().load(folder, Map.of());
    assertThat(model.graph().layers()).hasSize(1);
    assertThat(model.summary()).contains("Dense").contains("33 parameters").doesNotContain("Mul");
    assertThat(model.toMermaid()).contains("Dense, 33").doesNotContain("Mul");
    assertThat(model.inference().nodes()).hasSize(1);
    assertThat(List.copyOf(model.inference().constants().keySet())).hasSize(1);
  }

  @Test
  void numbers_of_quantised_weights_are_counted_with_their_layer() {
    Nodes file =
        Nodes.of()
            .input("x", ROWS)
            .weight("q", Tensor.ofIntegers(Shape.of(4, 2), DType.INT8, 1, 2, 3, 4, 5, 6, 7, 8))
            .weight("scale", Tensor.scalar(0.5f))
            .node("DequantizeLinear", "w < q scale")
            .node("MatMul", "y < x w");
    Model<?> model = Onnx.load(file.write(folder, 17), Layout.AS_FILE);
    assertThat(model.summary()).contains("9 parameters");
    assertThat(model.toMermaid()).contains("Dense, 9");
    assertThat(model.parameters()).extracting(Parameter::name).containsExactly("scale");
  }
}
