package dev.axiomml.interop.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.model.InputSpec;
import dev.axiomml.core.model.Layout;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Pickled transformers and blocks, as they were made and as users change them: each computes
 * PyTorch's numbers, or is refused where the file does not say which those are.
 */
class PickledBodiesTest {
  static List<String> taken() throws IOException {
    try (Stream<Path> all = Files.list(Golden.fixture("bodies/cases.safetensors").getParent())) {
      return all.map(path -> path.getFileName().toString())
          .filter(name -> name.endsWith(".pt"))
          .map(name -> name.replace(".pt", ""))
          .sorted()
          .toList();
    }
  }

  private static Model<?> load(String name, Shape batch) {
    return PyTorch.load(
        Golden.fixture("bodies/" + name + ".pt"),
        Layout.AS_FILE,
        InputSpec.of(batch.sub(1, batch.rank())));
  }

  @ParameterizedTest
  @MethodSource("taken")
  void a_pickled_body_gives_pytorch_numbers(String name) {
    Map<String, Tensor> cases = SafeTensors.load(Golden.fixture("bodies/cases.safetensors"));
    Tensor x = cases.get(name + "/x");

    Tensor y = load(name, x.shape()).predictAll(List.of(x)).get(0);

    Golden.close(y, cases.get(name + "/y"));
  }

  @ParameterizedTest
  @CsvSource({
    "activation_later, activation gelu of a layer that was made for relu",
    "activation_named_alike, activation",
    "silu, activation",
    "gelu_tanh, activation  of a layer that was made for gelu",
    "dropout_tanh, a torch.nn.modules.activation.Tanh instead of dropout",
    "dropout2_tanh, a torch.nn.modules.activation.Tanh instead of dropout2",
    "other_attention, no torch.nn.modules.activation.MultiheadAttention",
    "zero_attention, attention with other widths of keys",
    "key_bias, attention with other widths of keys",
    "key_width, attention with other widths of keys",
    "attention, attention takes queries",
    "bilinear, layer type Bilinear"
  })
  void a_body_of_which_the_file_does_not_tell_the_function_is_refused(String name, String what) {
    var error =
        catchThrowableOfType(
            ModelImportException.class, () -> load("refused/" + name, Shape.of(2, 3, 4)));

    assertThat(error.diagnosis().what()).contains(what);
    assertThat(error.diagnosis().where()).contains(name + ".pt");
    assertThat(error.diagnosis().why()).isNotBlank();
    assertThat(error.diagnosis().fix()).contains("torch.export.save");
  }

  @Test
  void one_sequence_without_a_batch_is_refused_where_time_comes_first() {
    var error =
        catchThrowableOfType(ModelImportException.class, () -> load("time_first", Shape.of(3, 4)));

    assertThat(error.diagnosis().where()).contains("self_attn");
  }
}
