package dev.axiomml.interop.pytorch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.core.model.InputSpec;
import dev.axiomml.core.model.Layout;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.move.Permute;
import dev.axiomml.core.property.Region;
import dev.axiomml.core.tensor.Npy;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.weights.StateDict;
import dev.axiomml.testing.Needs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files with a graph inside, written by PyTorch, opened and run. */
class LoadGraphTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "mlp/model.pt2",
        "cnn/model.pt2",
        "cnn/static.pt2",
        "cnn/core.pt2",
        "cnn/model.json",
        "cnn/trace.pt",
        "cnn/script.pt",
        "residual/model.pt2",
        "overwriting/model.pt2",
        "overwriting/trace.pt",
        "indexing/model.pt2",
        "indexing/trace.pt",
        "encoder/module.pt"
      })
  void a_file_gives_pytorch_numbers_in_either_layout(String name) {
    Path file = Golden.fixture(name);
    Golden golden = Golden.in(file.getParent());

    golden.holdsFor(PyTorch.load(file));
    golden.holdsFor(PyTorch.load(file, Layout.AS_FILE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"digits.pt2", "digits.json"})
  void the_digits_classifier_gives_pytorch_numbers(String name) {
    Path models = Needs.repositoryRoot().resolve("examples/models");
    Tensor images = Npy.read(models.resolve("digits-test-images.npy"));
    Tensor outputs = Npy.read(models.resolve("digits-test-outputs.npy"));

    Model<?> digits = PyTorch.load(models.resolve(name));

    new Golden(List.of(images), List.of(outputs)).holdsFor(digits);
    assertThat(digits.name()).isEqualTo("digits");
    assertThat(digits.asClassifier().predict(images.permute(0, 2, 3, 1)).shape())
        .isEqualTo(outputs.shape());
  }

  @ParameterizedTest
  @ValueSource(strings = {"mlp/model.pt2", "cnn/model.pt2", "cnn/core.pt2", "residual/model.pt2"})
  void the_tensors_of_a_program_are_those_of_the_state_dict_it_was_exported_with(String name) {
    Path file = Golden.fixture(name);
    StateDict saved = PyTorch.stateDict(file.resolveSibling("state_dict.pt"));

    StateDict tensors = PyTorch.stateDict(file);

    assertThat(tensors.names())
        .allSatisfy(n -> assertThat(tensors.type(n)).isEqualTo(saved.type(n)));
    assertThat(tensors.toMap()).isEqualTo(saved.toMap());
  }

  @Test
  void the_tensors_of_the_older_layout_are_its_inner_checkpoint(@TempDir Path folder)
      throws IOException {
    Path checkpoint = Golden.fixture("cnn/state_dict.pt");
    Path file = folder.resolve("older.pt2");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      put(zip, "version", "4.1".getBytes(StandardCharsets.UTF_8));
      put(zip, "serialized_exported_program.json", "{}".getBytes(StandardCharsets.UTF_8));
      put(zip, "serialized_state_dict.pt", Files.readAllBytes(checkpoint));
    }

    assertThat(PyTorch.stateDict(file).toMap()).isEqualTo(PyTorch.stateDict(checkpoint).toMap());
  }

  private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(bytes);
  }

  @Test
  void images_are_channels_last_with_named_axes_and_a_free_batch() {
    var signature = PyTorch.load(Golden.fixture("cnn/model.pt2")).signature();

    assertThat(signature.inputs().toString())
        .isEqualTo("[input: float32 N×12×8×2 (batch, height, width, channels)]");
    assertThat(signature.outputs().toString())
        .isEqualTo("[softmax: float32 N×4 (batch, features)]");
  }

  @Test
  void as_file_keeps_channels_first_and_names_them() {
    var inputs = PyTorch.load(Golden.fixture("cnn/model.pt2"), Layout.AS_FILE).signature().inputs();

    assertThat(inputs.toString())
        .isEqualTo("[input: float32 N×2×12×8 (batch, channels, height, width)]");
  }

  @Test
  void a_static_batch_stays_static() {
    var inputs = PyTorch.load(Golden.fixture("cnn/static.pt2")).signature().inputs();

    assertThat(inputs.get(0).type().shape()).isEqualTo(Shape.of(3, 12, 8, 2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"cnn/model.pt2", "cnn/core.pt2", "cnn/model.json", "residual/model.pt2"})
  void no_permute_is_left_in_the_inference_graph(String name) {
    var nodes = PyTorch.load(Golden.fixture(name)).inference().nodes();

    assertThat(nodes).noneMatch(node -> node.op() instanceof Permute);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cnn/model.pt2", "cnn/core.pt2", "cnn/model.json"})
  void parameters_keep_the_names_of_the_file(String name) {
    List<String> names =
        PyTorch.load(Golden.fixture(name)).parameters().stream().map(Parameter::name).toList();

    assertThat(names)
        .containsExactlyInAnyOrder(
            "0.weight",
            "0.bias",
            "1.weight",
            "1.bias",
            "1.running_mean",
            "1.running_var",
            "4.weight",
            "7.weight",
            "7.bias",
            "10.weight",
            "10.bias");
  }

  @Test
  void the_caller_names_an_input_and_declares_its_domain() {
    InputSpec told =
        new InputSpec(
            Optional.of("pixels"),
            Type.float32(Shape.of(12, 8, 2)),
            List.of("height", "width", "channels"),
            Optional.of(new Region.Range(0, 1)));

    var inputs = PyTorch.load(Golden.fixture("cnn/model.pt2"), told).signature().inputs();

    assertThat(inputs.toString())
        .isEqualTo("[pixels: float32 N×12×8×2 (batch, height, width, channels) in [0.0, 1.0]]");
  }
}
