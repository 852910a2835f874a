package dev.axiomml.interop.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.axiomml.core.error.ModelException;
import dev.axiomml.core.error.ModelImportException;
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
import dev.axiomml.core.op.move.Permute;
import dev.axiomml.core.op.move.Reshape;
import dev.axiomml.core.op.move.Slice;
import dev.axiomml.core.op.norm.BatchNorm;
import dev.axiomml.core.op.norm.Softmax;
import dev.axiomml.core.op.scalar.LeakyRelu;
import dev.axiomml.core.op.scalar.Relu;
import dev.axiomml.core.op.window.MaxPool;
import dev.axiomml.core.op.window.WindowGeometry;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.property.OutputKind;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Npy;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.safetensors.SafeTensors;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PyTorch's weights in a network written here: same names, other layouts, same numbers. */
class LoadIntoTest {
  private static final Dim N = Dim.symbol("N");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {"state_dict.pt", "model.safetensors", "module.pt", "trace.pt", "model.pt2"})
  void weights_of_every_container_give_pytorch_numbers(String file) throws URISyntaxException {
    Model<Output> model = PyTorch.loadInto(cnn(Flattening.CHANNELS_LAST), fixture("cnn/" + file));

    Tensor x = Npy.read(fixture("cnn/input_0.npy")).permute(0, 2, 3, 1);
    Tensor wanted = Npy.read(fixture("cnn/output_0.npy"));
    close(model.predict(x), wanted);
  }

  @Test
  void a_network_that_flattens_channels_first_takes_the_rows_as_they_are()
      throws URISyntaxException {
    Path weights = fixture("cnn/state_dict.pt");
    Tensor x = Npy.read(fixture("cnn/input_0.npy")).permute(0, 2, 3, 1);

    Model<Output> model = PyTorch.loadInto(cnn(Flattening.CHANNELS_FIRST), weights);

    close(model.predict(x), Npy.read(fixture("cnn/output_0.npy")));
  }

  @Test
  void saving_writes_what_pytorch_wrote() throws URISyntaxException {
    Path original = fixture("cnn/model.safetensors");
    Model<Output> model = PyTorch.loadInto(cnn(Flattening.CHANNELS_LAST), original);

    SafeTensors.save(model, folder.resolve("copy.safetensors"));

    Map<String, Tensor> wanted = SafeTensors.load(original);
    wanted.keySet().removeIf(name -> name.endsWith("num_batches_tracked"));
    assertThat(SafeTensors.load(folder.resolve("copy.safetensors"))).isEqualTo(wanted);
  }

  @Test
  void weights_of_another_network_are_refused_with_the_lists() throws URISyntaxException {
    Path other = fixture("mlp/state_dict.pt");

    ModelImportException refusal =
        catchThrowableOfType(
            ModelImportException.class,
            () -> PyTorch.loadInto(cnn(Flattening.CHANNELS_LAST), other));

    assertThat(refusal.diagnosis().what()).contains("do not fit model cnn", "missing");
    assertThat(refusal.diagnosis().where()).contains("state_dict.pt");
    assertThat(refusal.diagnosis().why()).contains("1.running_mean", "unexpected", "mismatched");
    assertThat(refusal.diagnosis().fix()).contains("build the model");
    assertThat(refusal.getMessage().lines().count()).isLessThanOrEqualTo(12);
  }

  @Test
  void features_of_a_cut_image_are_refused_instead_of_guessed() throws URISyntaxException {
    Path weights = fixture("cnn/state_dict.pt");

    ModelException refusal =
        catchThrowableOfType(
            ModelException.class, () -> PyTorch.loadInto(cnn(Flattening.CUT), weights));

    assertThat(refusal.diagnosis().what()).contains("order of the features");
    assertThat(refusal.diagnosis().why()).contains("channels first");
    assertThat(refusal.diagnosis().fix()).isNotBlank();
  }

  private static void close(Tensor actual, Tensor wanted) {
    assertThat(actual.shape()).isEqualTo(wanted.shape());
    for (int i = 0; i < wanted.size(); i++) {
      double tolerance = 1e-5 + 1e-4 * Math.abs(wanted.doubleAt(i));
      assertThat(Math.abs(actual.doubleAt(i) - wanted.doubleAt(i)))
          .as("element " + i)
          .isLessThanOrEqualTo(tolerance);
    }
  }

  private enum Flattening {
    CHANNELS_LAST,
    CHANNELS_FIRST,
    CUT
  }

  /** The fixture's network, its weights zero. */
  private static Model<Output> cnn(Flattening flattening) {
    GraphBuilder to = Graph.builder();
    Value x = to.input("input", Type.float32(Shape.of(N, Dim.of(12), Dim.of(8), Dim.of(2))));
    Value at = conv(to, x, "0", 4);
    at = to.weighted(new BatchNorm(1e-5), at, norm());
    at = next(to, new Relu(), at);
    at = next(to, new MaxPool(WindowGeometry.of(List.of(2, 2)).stride(List.of(2, 2))), at);
    at = conv(to, at, "4", 6);
    at = next(to, new LeakyRelu(0.1), at);
    if (flattening == Flattening.CHANNELS_FIRST) {
      at = next(to, Permute.of(0, 3, 1, 2), at);
    }
    at = next(to, new Reshape(Shape.of(N, Dim.of(36))), at);
    if (flattening == Flattening.CUT) {
      at = next(to, new Slice(-1, Dim.of(0), Dim.of(36), 1), at);
    }
    at = to.weighted(new Dense(), at, dense("7", 36, 7));
    at = next(to, new Relu(), at);
    at = to.weighted(new Dense(), at, dense("10", 7, 4));
    at = next(to, new Softmax(-1), at);
    Port in =
        new Port(
            "input", x.type(), List.of("batch", "height", "width", "channels"), Optional.empty());
    Port out = new Port("output", at.type(), List.of("batch", "features"), Optional.empty());
    return Model.of(
        new Signature<>("cnn", List.of(in), List.of(out), OutputKind.OUTPUT),
        to.build(List.of(at)));
  }

  private static Value next(GraphBuilder to, Op op, Value in) {
    return to.emit(op, List.of(in)).get(0);
  }

  private static Parameter zeros(String name, long... sizes) {
    return new Parameter(name, Tensor.zeros(Shape.of(sizes)));
  }

  private static List<Parameter> norm() {
    return Stream.of("weight", "bias", "running_mean", "running_var")
        .map(name -> zeros("1." + name, 4))
        .toList();
  }

  /** The first has a bias, the second goes in steps of two. */
  private static Value conv(GraphBuilder to, Value x, String path, int out) {
    boolean first = path.equals("0");
    List<Integer> stride = first ? List.of(1, 1) : List.of(2, 2);
    WindowGeometry geometry =
        new WindowGeometry(
            List.of(3, 3), stride, List.of(1, 1), List.of(1, 1), List.of(1, 1), false);
    Optional<Parameter> bias = first ? Optional.of(zeros(path + ".bias", out)) : Optional.empty();
    Parameter kernel = zeros(path + ".weight", 3, 3, x.type().shape().size(-1), out);
    return to.weighted(new Conv(geometry, 1), x, kernel.and(bias));
  }

  private static List<Parameter> dense(String path, int in, int out) {
    return List.of(zeros(path + ".weight", in, out), zeros(path + ".bias", out));
  }

  private static Path fixture(String name) throws URISyntaxException {
    return Path.of(Objects.requireNonNull(LoadIntoTest.class.getResource(name), name).toURI());
  }
}
