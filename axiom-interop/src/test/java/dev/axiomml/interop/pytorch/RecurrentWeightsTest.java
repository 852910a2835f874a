package dev.axiomml.interop.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.axiomml.core.error.ModelException;
import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Port;
import dev.axiomml.core.model.Signature;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.linear.Conv;
import dev.axiomml.core.op.linear.Dense;
import dev.axiomml.core.op.move.Reshape;
import dev.axiomml.core.op.move.Slice;
import dev.axiomml.core.op.norm.BatchNorm;
import dev.axiomml.core.op.recurrent.Gru;
import dev.axiomml.core.op.recurrent.Lstm;
import dev.axiomml.core.op.recurrent.RecurrentForm;
import dev.axiomml.core.op.recurrent.Rnn;
import dev.axiomml.core.op.window.MaxPool;
import dev.axiomml.core.op.window.WindowGeometry;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.property.OutputKind;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.safetensors.SafeTensors;
import dev.axiomml.interop.weights.ModelWeights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Weights around recurrent layers and around changes between images, sequences and features: they
 * get PyTorch's numbers, or are refused where two networks of PyTorch have the same weights.
 */
class RecurrentWeightsTest {
  private static final RecurrentForm FORM = new RecurrentForm(true, false);
  private static final Dim N = Dim.symbol("N");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"gru", "lstm", "rnn"})
  void recurrent_weights_give_pytorch_numbers(String cell) {
    Model<Output> model = PyTorch.loadInto(recurrent(cell), file(cell));

    Golden.close(model.predict(cases().get(cell + "/x")), cases().get(cell + "/y"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gru", "lstm", "rnn"})
  void saving_writes_recurrent_weights_as_pytorch_does(String cell) {
    Model<Output> model = PyTorch.loadInto(recurrent(cell), file(cell));

    SafeTensors.save(model, folder.resolve("copy.safetensors"));

    assertThat(SafeTensors.load(folder.resolve("copy.safetensors")))
        .isEqualTo(SafeTensors.load(file(cell)));
  }

  @Test
  void what_is_flattened_behind_a_recurrent_layer_is_in_the_order_of_time() {
    Layer conv =
        new Layer(new Conv(same(), 1), zeros("conv.weight", 3, 3, 4), zeros("conv.bias", 4));
    Model<Output> network =
        model(
            Shape.of(N, Dim.of(6), Dim.of(3)),
            conv,
            recurrent(new Lstm(FORM), 4, 20),
            new Layer(new Reshape(Shape.of(N, Dim.of(30)))),
            dense("fc", 30, 2));

    Model<Output> model = PyTorch.loadInto(network, file("conv_lstm"));

    Golden.close(model.predict(cases().get("conv_lstm/x")), cases().get("conv_lstm/y"));
  }

  @Test
  void an_image_that_is_made_of_learned_features_is_refused() {
    Model<Output> decoder =
        model(
            Shape.of(N, Dim.of(3)),
            dense("fc", 3, 24),
            new Layer(new Reshape(Shape.of(N, Dim.of(6), Dim.of(4)))),
            new Layer(new MaxPool(WindowGeometry.of(List.of(2)))),
            new Layer(new Conv(same(), 1), zeros("conv.weight", 3, 4, 5)));

    var refusal = catchThrowableOfType(ModelException.class, () -> ModelWeights.layouts(decoder));

    assertThat(refusal.diagnosis().what()).contains("order of the features");
    assertThat(refusal.diagnosis().why()).contains("makes an image of features channels first");
    assertThat(refusal.diagnosis().where()).contains("reshape");
    assertThat(refusal.diagnosis().fix()).contains("torch.export.save");
  }

  @Test
  void a_sequence_that_pytorch_may_have_turned_for_a_norm_is_not_flattened() {
    Model<Output> network =
        model(
            Shape.of(N, Dim.of(6), Dim.of(3)),
            new Layer(
                new BatchNorm(1e-5), zeros("norm.running_mean", 3), zeros("norm.running_var", 3)),
            new Layer(new Reshape(Shape.of(N, Dim.of(18)))),
            dense("fc", 18, 2));

    var refusal = catchThrowableOfType(ModelException.class, () -> ModelWeights.layouts(network));

    assertThat(refusal.diagnosis().why()).contains("the rows cannot be told apart");
  }

  private static Model<Output> recurrent(String cell) {
    Layer op =
        switch (cell) {
          case "gru" -> recurrent(new Gru(FORM, true), 3, 15);
          case "lstm" -> recurrent(new Lstm(FORM), 3, 20);
          default -> recurrent(new Rnn(FORM, false), 3, 5);
        };
    return model(
        Shape.of(N, Dim.of(6), Dim.of(3)),
        op,
        new Layer(Slice.of(1, 5L, 1)),
        new Layer(new Reshape(Shape.of(N, Dim.of(5)))),
        dense("fc", 5, 2));
  }

  /** An operator and its weights. */
  private record Layer(Op op, List<Parameter> weights) {
    Layer(Op op, Parameter... weights) {
      this(op, List.of(weights));
    }
  }

  private static Layer recurrent(Op op, int in, int gates) {
    return new Layer(
        op,
        zeros("cell.weight_ih_l0", in, gates),
        zeros("cell.weight_hh_l0", 5, gates),
        zeros("cell.bias_ih_l0", gates),
        zeros("cell.bias_hh_l0", gates));
  }

  private static WindowGeometry same() {
    return WindowGeometry.of(List.of(3)).padding(List.of(1), List.of(1));
  }

  private static Layer dense(String path, int in, int out) {
    return new Layer(new Dense(), zeros(path + ".weight", in, out), zeros(path + ".bias", out));
  }

  private static Parameter zeros(String name, long... sizes) {
    return new Parameter(name, Tensor.zeros(Shape.of(sizes)));
  }

  /** Operators one after another. */
  private static Model<Output> model(Shape input, Layer... layers) {
    GraphBuilder to = Graph.builder();
    Value at = to.input("input", Type.float32(input));
    for (Layer layer : layers) {
      at = to.weighted(layer.op(), at, layer.weights());
    }
    Port in = new Port("input", Type.float32(input), axes(input), Optional.empty());
    Port out = new Port("output", at.type(), axes(at.type().shape()), Optional.empty());
    return Model.of(
        new Signature<>("network", List.of(in), List.of(out), OutputKind.OUTPUT),
        to.build(List.of(at)));
  }

  private static List<String> axes(Shape shape) {
    List<String> axes = new ArrayList<>(Arrays.asList("batch", "time", "features"));
    return shape.rank() == 3 ? axes : List.of("batch", "features");
  }

  private static Map<String, Tensor> cases() {
    return SafeTensors.load(Golden.fixture("recurrent/cases.safetensors"));
  }

  private static Path file(String name) {
    return Golden.fixture("recurrent/" + name + ".safetensors");
  }
}
