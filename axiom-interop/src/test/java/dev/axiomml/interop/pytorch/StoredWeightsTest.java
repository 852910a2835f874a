package dev.axiomml.interop.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.axiomml.core.error.ModelException;
import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.model.InputSpec;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.safetensors.SafeTensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Weights that were read of PyTorch's files and are written again are PyTorch's, bit for bit. */
class StoredWeightsTest {
  @TempDir private Path folder;

  static List<String> files() throws IOException {
    try (Stream<Path> all = Files.list(Golden.fixture("parameters/matmul.pt2").getParent())) {
      return all.map(path -> path.getFileName().toString())
          .filter(name -> name.matches(".*\\.(pt2|pt)"))
          .sorted()
          .toList();
    }
  }

  private static Path stateDict(String file) {
    String name = file.replaceAll("^(module_|trace_)|\\.pt2?$", "");
    return Golden.fixture("parameters/" + name + ".safetensors");
  }

  private Map<String, Tensor> written(Model<?> model) {
    Path file = folder.resolve("written.safetensors");
    SafeTensors.save(model, file);
    return SafeTensors.load(file);
  }

  @ParameterizedTest
  @MethodSource("files")
  void what_is_written_is_the_state_dict(String file) {
    Map<String, Tensor> wanted = SafeTensors.load(stateDict(file));

    Map<String, Tensor> written = written(PyTorch.load(Golden.fixture("parameters/" + file)));

    assertThat(written.keySet()).containsExactlyInAnyOrderElementsOf(wanted.keySet());
    wanted.forEach((name, tensor) -> assertThat(written.get(name)).as(name).isEqualTo(tensor));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "matmul",
        "addmm",
        "matmul_turned",
        "lstm",
        "convs",
        "flat",
        "doubled",
        "weight_norm"
      })
  void a_changed_weight_is_written_in_the_file_s_own_layout(String name) {
    Model<?> model = PyTorch.load(Golden.fixture("parameters/" + name + ".pt2"));
    Map<String, Tensor> before = SafeTensors.load(stateDict(name));

    Model<?> twice = model.withParameters(p -> p.with(doubled(p.tensor())));

    written(twice)
        .forEach(
            (key, tensor) ->
                assertThat(tensor)
                    .as(key)
                    .isEqualTo(
                        key.endsWith("num_batches_tracked")
                            ? before.get(key)
                            : doubled(before.get(key))));
  }

  private static Tensor doubled(Tensor tensor) {
    double[] values = tensor.toDoubles();
    for (int i = 0; i < values.length; i++) {
      values[i] *= 2;
    }
    return Tensor.ofDoubles(tensor.shape(), tensor.dtype(), values);
  }

  @ParameterizedTest
  @ValueSource(strings = "moved")
  void a_changed_weight_that_was_computed_is_refused(String name) {
    Model<?> model = PyTorch.load(Golden.fixture("parameters/" + name + ".pt2"));
    Model<?> twice = model.withParameters(p -> p.with(doubled(p.tensor())));

    var error = catchThrowableOfType(ModelException.class, () -> written(twice));

    assertThat(error.diagnosis().what()).contains("cannot be written as the file had it");
    assertThat(error.diagnosis().where()).isEqualTo("model " + name);
    assertThat(error.diagnosis().why()).contains("computed of the file's tensors");
    assertThat(error.diagnosis().fix()).contains("axiom convert");
  }

  @Test
  void a_tied_weight_that_was_changed_in_one_place_only_is_refused() {
    Model<?> model = PyTorch.load(Golden.fixture("parameters/turned.pt2"));
    int[] seen = {0};
    Model<?> half = model.withParameters(p -> seen[0]++ == 0 ? p.with(doubled(p.tensor())) : p);

    var error = catchThrowableOfType(ModelException.class, () -> written(half));

    assertThat(error.diagnosis().why()).contains("uses it twice");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "max_norm",
        "return_indices",
        "relu6",
        "transposed_circular",
        "untracked",
        "lp_pool",
        "spectral_norm",
        "weight_norm",
        "lstm",
        "later"
      })
  void a_pickled_layer_with_a_setting_that_nobody_reads_is_refused(String name) {
    Path file = Golden.fixture("parameters/settings/" + name + ".pt");

    var error =
        catchThrowableOfType(
            ModelImportException.class, () -> PyTorch.load(file, InputSpec.of(Shape.of(4))));

    assertThat(error).isNotNull();
    assertThat(error.diagnosis().where()).contains(name);
  }
}
