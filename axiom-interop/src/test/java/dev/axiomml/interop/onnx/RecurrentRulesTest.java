package dev.axiomml.interop.onnx;

import static dev.axiomml.interop.onnx.Nodes.floats;
import static dev.axiomml.interop.onnx.Nodes.number;
import static dev.axiomml.interop.onnx.Nodes.text;
import static dev.axiomml.interop.onnx.Nodes.texts;
import static dev.axiomml.interop.onnx.Nodes.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.onnx.save.OtherRuntime;
import dev.axiomml.interop.onnx.schema.OnnxSchema.AttributeProto;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Recurrent layers of 4 steps, 2 samples, 3 inputs and 5 states, compared with ONNX Runtime. */
class RecurrentRulesTest {
  private static final Tensor X = random(1, 4, 2, 3);

  @TempDir Path folder;

  private static Tensor random(int seed, long... sizes) {
    return Tensor.random(Shape.of(sizes), 20 + seed, -1, 1);
  }

  /**
   * Inputs behind W and R as their names: b for biases, l for lengths, h and c for first states, p.
   */
  private List<Tensor> run(String op, String more, AttributeProto... settings) throws Exception {
    int gates = op.equals("LSTM") ? 4 : op.equals("GRU") ? 3 : 1;
    long directions =
        List.of(settings).stream().anyMatch(a -> a.getName().equals("direction")) ? 2 : 1;
    Nodes nodes =
        Nodes.of()
            .input("x", X.type())
            .weight("w", random(2, directions, gates * 5L, 3))
            .weight("r", random(3, directions, gates * 5L, 5))
            .weight("b", random(4, directions, gates * 10L))
            .weight("l", Tensor.ofIntegers(Shape.of(2), DType.INT32, 2, 4))
            .weight("h", random(5, directions, 2, 5))
            .weight("c", random(6, directions, 2, 5))
            .weight("p", random(7, directions, 15));
    List<AttributeProto> all = new ArrayList<>(List.of(settings));
    all.add(whole("hidden_size", 5));
    nodes.node(op, "y z < x w r" + more, all.toArray(AttributeProto[]::new));
    return nodes.load(folder, "y", "z").predictAll(List.of(X));
  }

  private void compare(String op, String more, AttributeProto... settings) throws Exception {
    List<Tensor> ours = run(op, more, settings);
    List<Tensor> others = OtherRuntime.run(Nodes.file(folder), List.of(X));
    for (int i = 0; i < ours.size(); i++) {
      assertThat(ours.get(i).shape()).isEqualTo(others.get(i).shape());
      assertThat(ours.get(i).toDoubles()).containsExactly(others.get(i).toDoubles(), within(2e-6));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {" b  h c p", "   h c p", " b    p", "     p"})
  void peepholes_let_gates_see_the_cell(String more) throws Exception {
    compare("LSTM", more);
    compare("LSTM", more, text("direction", "bidirectional"));
    compare("LSTM", more, whole("input_forget", 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"GRU", "RNN"})
  void sums_are_limited_before_the_functions(String op) throws Exception {
    compare(op, " b", number("clip", 0.3f));
    compare(op, " b", number("clip", 0.3f), text("direction", "bidirectional"));
  }

  @Test
  void a_past_may_be_reset_behind_its_weights() throws Exception {
    compare("GRU", " b", number("clip", 0.3f), whole("linear_before_reset", 1));
  }

  @Test
  void sums_of_a_long_memory_are_limited_too() throws Exception {
    compare("LSTM", " b  h c p", number("clip", 0.3f));
  }

  @ParameterizedTest
  @CsvSource({
    "Relu",
    "LeakyRelu",
    "ThresholdedRelu",
    "HardSigmoid",
    "Elu",
    "Softsign",
    "Softplus",
    "Affine",
    "ScaledTanh"
  })
  void functions_are_those_named(String name) throws Exception {
    AttributeProto alphas = floats("activation_alpha", 0.3f, 0.2f, 0.4f);
    AttributeProto betas = floats("activation_beta", 0.5f, 0.6f, 0.7f);
    compare("RNN", " b", texts("activations", name), alphas, betas);
    compare("GRU", " b", texts("activations", "Sigmoid", name), alphas, betas);
    compare("GRU", "", texts("activations", name, name), alphas, betas);
    compare("LSTM", " b", texts("activations", name, "Tanh", name), alphas, betas);
  }

  @ParameterizedTest
  @ValueSource(strings = {"LSTM", "GRU", "RNN"})
  void sequences_may_be_of_different_lengths(String op) throws Exception {
    compare(op, " b l");
    compare(op, " b l h" + (op.equals("LSTM") ? " c" : ""), number("clip", 2));
    compare(op, " b l", text("direction", "bidirectional"));
  }

  @Test
  void directions_have_functions_of_their_own() throws Exception {
    compare(
        "RNN",
        " b",
        texts("activations", "LeakyRelu", "Elu"),
        floats("activation_alpha", 0.3f, 0.2f),
        text("direction", "bidirectional"));
  }

  private void refused(String what, String op, String more, AttributeProto... settings) {
    assertThatThrownBy(() -> run(op, more, settings))
        .isInstanceOf(ModelImportException.class)
        .hasMessageContaining(what);
  }

  @Test
  void settings_that_do_not_fit_are_named() {
    refused("activations with sine", "RNN", "", texts("activations", "Sine"));
    refused("activations [Tanh]", "LSTM", "", texts("activations", "Tanh"));
    refused("activation_alpha is too short", "RNN", "", texts("activations", "Affine"));
    refused(
        "activation_beta is too short",
        "RNN",
        "",
        texts("activations", "ScaledTanh"),
        floats("activation_alpha", 1));
    refused("clip -1.0", "GRU", "", number("clip", -1));
    refused("operand 7 of LSTM", "LSTM", "     h");
    refused("direction both", "RNN", " b", text("direction", "both"));
    refused("R of 2×5×5", "RNN", " b", text("direction", "reverse"));
  }
}
