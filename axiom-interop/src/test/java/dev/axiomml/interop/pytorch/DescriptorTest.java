package dev.axiomml.interop.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.axiomml.core.error.ModelExportException;
import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.model.InputSpec;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Descriptors read and written. */
class DescriptorTest {
  private static final String RELU =
      "{'format':'axiom.pytorch.sequential.v1','layers':[{'type':'ReLU'}]}";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"cnn/model.pt2", "cnn/model.json", "cnn/core.pt2", "mlp/model.pt2"})
  void a_saved_model_answers_the_same_bits(String name) {
    Model<?> model = PyTorch.load(Golden.fixture(name));
    Path file = folder.resolve("again.json");

    Descriptor.save(model, file);
    Model<?> again = PyTorch.load(file);

    Tensor x = Tensor.random(ofBatch(model, 5), 7, -2, 2);
    assertThat(again.predict(x)).isEqualTo(model.predict(x));
  }

  private static Shape ofBatch(Model<?> model, long batch) {
    Shape shape = model.signature().inputs().get(0).type().shape();
    return shape.with(0, dev.axiomml.core.tensor.Dim.of(batch));
  }

  @Test
  void weights_come_back_bit_for_bit() {
    Model<?> model = PyTorch.load(Golden.fixture("cnn/model.json"));
    Path file = folder.resolve("again.json");

    Descriptor.save(model, file);

    assertThat(PyTorch.load(file).parameters()).isEqualTo(model.parameters());
  }

  @Test
  void a_branch_is_refused_with_its_node_and_what_holds_it() {
    Model<?> residual = PyTorch.load(Golden.fixture("residual/model.pt2"));
    Path file = folder.resolve("no.json");

    var error =
        catchThrowableOfType(ModelExportException.class, () -> Descriptor.save(residual, file));

    assertThat(error.diagnosis().what()).contains("is used more than once");
    assertThat(error.diagnosis().where()).startsWith("node ");
    assertThat(error.diagnosis().why()).contains("layers one after another");
    assertThat(error.diagnosis().fix()).contains("SafeTensors.save(model, path)");
    assertThat(file).doesNotExist();
  }

  @Test
  void without_an_input_shape_image_sizes_are_symbols() throws IOException {
    Path file = withoutInput("cnn/model.json");

    Model<?> model = PyTorch.load(file);

    assertThat(model.signature().inputs().get(0).type().toString()).isEqualTo("float32 N×H×W×2");
    Golden.in(Golden.fixture("cnn")).holdsFor(model);
  }

  @Test
  void the_caller_may_tell_the_shape() throws IOException {
    Path file = withoutInput("cnn/model.json");

    Model<?> model = PyTorch.load(file, InputSpec.of(Shape.of(2, 12, 8)));

    assertThat(model.signature().inputs().get(0).type().toString()).isEqualTo("float32 N×12×8×2");
    Golden.in(Golden.fixture("cnn")).holdsFor(model);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cnn/model.pt2", "cnn/trace.pt"})
  void a_told_shape_that_contradicts_the_file_is_refused(String name) {
    InputSpec wrong = InputSpec.of(Shape.of(3, 12, 8));
    Path file = Golden.fixture(name);

    var error = catchThrowableOfType(ModelImportException.class, () -> PyTorch.load(file, wrong));

    assertThat(error).hasMessageContaining("12×8");
    assertThat(error.diagnosis().where()).contains(file.getFileName().toString());
  }

  private Path withoutInput(String name) throws IOException {
    String text = Files.readString(Golden.fixture(name));
    Path file = folder.resolve("open.json");
    return Files.writeString(file, text.replaceFirst("\"input\":\\{[^}]*\\},?", ""));
  }

  @Test
  void a_shape_that_nobody_tells_is_asked_for() throws IOException {
    Path file = Files.writeString(folder.resolve("relu.json"), RELU.replace('\'', '"'));

    var error = catchThrowableOfType(ModelImportException.class, () -> PyTorch.load(file));

    assertThat(error.diagnosis().what()).contains("does not say what its input looks like");
    assertThat(error.diagnosis().where()).contains("relu.json").contains("layer 0");
    assertThat(error.diagnosis().fix()).contains("input(image(28, 28, 1))");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"type\":\"ReLU\"      | \"type\":\"Fold\"             | layer type Fold",
        "\"groups\":1           | \"groups\":2                  | weight of 4×2×3×3",
        "sequential.v1          | sequential.v9                 | format"
            + " axiom.pytorch.sequential.v9",
        "\"eps\":               | \"epsilon\":                  | field eps is missing",
        "\"running_mean\":[     | \"running_mean\":null,\"name\":[ | batch norm without running",
        "\"weight\":[[[[        | \"weight\":[[[[[0],           | no full tensor"
      })
  void a_wrong_field_is_named(String before, String after, String what) throws IOException {
    String text = Files.readString(Golden.fixture("cnn/model.json"));
    assertThat(text).contains(before);
    Path file = folder.resolve("wrong.json");
    Files.writeString(file, text.replaceFirst(java.util.regex.Pattern.quote(before), after));

    var error = catchThrowableOfType(ModelImportException.class, () -> PyTorch.load(file));

    assertThat(error.diagnosis().what()).contains(what);
    assertThat(error.diagnosis().where()).contains("wrong.json");
    assertThat(List.of(error.diagnosis().why(), error.diagnosis().fix())).doesNotContain("");
  }

  @Test
  void a_cut_file_is_refused_with_its_name() throws IOException {
    byte[] whole = Files.readAllBytes(Golden.fixture("cnn/model.json"));
    Path file = folder.resolve("cut.json");
    Files.write(file, java.util.Arrays.copyOf(whole, whole.length / 2));

    var error = catchThrowableOfType(ModelImportException.class, () -> PyTorch.load(file));

    assertThat(error).hasMessageContaining("cut.json");
  }
}
