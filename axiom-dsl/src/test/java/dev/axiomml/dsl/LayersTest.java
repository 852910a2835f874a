package dev.axiomml.dsl;

import static dev.axiomml.dsl.Dsl.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.core.model.Model;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.property.Scores;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LayersTest {
  private record Word(
      String name,
      UnaryOperator<VectorFlow> method,
      Layer<VectorFlow, VectorFlow> layer,
      UnaryOperator<Tensor> function) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Word> words() {
    return Stream.of(
        new Word("relu", x -> x.relu(), relu(), Functions::relu),
        new Word("relu6", x -> x.relu6(), relu6(), Functions::relu6),
        new Word("elu", x -> x.elu(), elu(), Functions::elu),
        new Word("elu 0.3", x -> x.elu(0.3), elu(0.3), t -> Functions.elu(t, 0.3)),
        new Word("selu", x -> x.selu(), selu(), Functions::selu),
        new Word("celu", x -> x.celu(), celu(), Functions::celu),
        new Word("gelu", x -> x.gelu(), gelu(), Functions::gelu),
        new Word("geluTanh", x -> x.geluTanh(), geluTanh(), Functions::geluTanh),
        new Word("silu", x -> x.silu(), silu(), Functions::silu),
        new Word("mish", x -> x.mish(), mish(), Functions::mish),
        new Word("hardSwish", x -> x.hardSwish(), hardSwish(), Functions::hardSwish),
        new Word("hardSigmoid", x -> x.hardSigmoid(), hardSigmoid(), Functions::hardSigmoid),
        new Word("hardTanh", x -> x.hardTanh(), hardTanh(), Functions::hardTanh),
        new Word("softplus", x -> x.softplus(), softplus(), Functions::softplus),
        new Word("softsign", x -> x.softsign(), softsign(), Functions::softsign),
        new Word("sigmoid", x -> x.sigmoid(), sigmoid(), Functions::sigmoid),
        new Word("logSigmoid", x -> x.logSigmoid(), logSigmoid(), Functions::logSigmoid),
        new Word("tanh", x -> x.tanh(), tanh(), Functions::tanh),
        new Word("softmax", x -> x.softmax(), softmax(), Functions::softmax),
        new Word("logSoftmax", x -> x.logSoftmax(), logSoftmax(), Functions::logSoftmax),
        new Word(
            "leakyRelu 0.1",
            x -> x.leakyRelu(0.1),
            leakyRelu(0.1),
            t -> Functions.leakyRelu(t, 0.1)));
  }

  @ParameterizedTest
  @MethodSource("words")
  void an_activation_is_the_same_as_method_layer_and_function(Word word) {
    Tensor x = Tensor.random(Shape.of(3, 5), 11, -4, 4);
    Tensor expected = word.function.apply(x);
    assertThat(word.method.apply(start()).output().build().predict(x)).isEqualTo(expected);
    assertThat(start().then(word.layer).output().build().predict(x)).isEqualTo(expected);
    assertThat(expected).isNotEqualTo(x);
  }

  private static VectorFlow start() {
    return Axiom.model("m").input(vector(5));
  }

  @Test
  void a_sequential_is_the_flow_of_its_layers() {
    Model<Scores> layers =
        Sequential.of(dense(784, 256, RELU), dense(256, 10)).model("mlp", vector(784), scores(10));
    Model<Scores> flow =
        Axiom.model("mlp")
            .input(vector(784))
            .dense(256)
            .relu()
            .dense(10)
            .output(scores(10))
            .build();
    assertThat(layers.parameters()).isEqualTo(flow.parameters());
    Tensor x = Tensor.random(Shape.of(2, 784), 5, 0, 1);
    assertThat(layers.predict(x)).isEqualTo(flow.predict(x));
  }

  @Test
  void every_layer_object_works_in_a_sequential() {
    Sequential net =
        Sequential.of(
            Layers.conv2d(3, 8, 3, padding(1)),
            batchNorm(),
            relu(),
            maxPool(2),
            conv(8, 3, same(), stride(2)).named("middle"),
            groupNorm(2),
            gelu(),
            averagePool(2),
            convTranspose(4, 2, stride(2)),
            instanceNorm(),
            adaptiveAveragePool(3),
            layerNorm(),
            dropout(0.2),
            flatten(),
            rmsNorm(),
            dense(6, TANH),
            Sequential.of(dense(5), leakyRelu(0.1)),
            softmax());
    Model<Output> model = net.input("net", image(16, 16, 3)).output().build();
    assertThat(model.predict(Tensor.zeros(Shape.of(2, 16, 16, 3))).shape())
        .isEqualTo(Shape.of(2, 5));
    assertThat(model.parameters()).extracting(p -> p.name()).contains("middle.weight");
    assertThat(net.toString())
        .startsWith("Sequential.of(conv2d(3, 8, 3, padding(1)), batchNorm(), relu(), maxPool(2), ");
  }

  @Test
  void a_sequential_follows_a_flow() {
    Sequential head = Sequential.of(flatten(), dense(4));
    VectorFlow end = Axiom.model("m").input(image(4, 4, 1)).conv(2, 3).then(head).asVector();
    assertThat(end.shape()).isEqualTo(Shape.of(4));
  }

  @Test
  void layers_follow_flows_of_their_kind() {
    Function<ImageFlow, ImageFlow> block = f -> f.conv(4, 3, same()).relu();
    VectorFlow end =
        Axiom.model("m")
            .input(image(8, 8, 1))
            .then(block)
            .then(conv2d(4, 8, 3))
            .then(relu())
            .then(globalAveragePool())
            .then(dense(3));
    assertThat(end.shape()).isEqualTo(Shape.of(3));
    SequenceFlow steps =
        Axiom.model("m").input(sequence(9, 2)).then(conv1d(2, 4, 3)).then(dense(4, 6, SILU));
    assertThat(steps.shape()).isEqualTo(Shape.of(7, 6));
    assertThat(Axiom.model("m").input(volume(4, 4, 4, 1)).then(conv3d(1, 2, 3)).shape())
        .isEqualTo(Shape.of(2, 2, 2, 2));
  }
}
