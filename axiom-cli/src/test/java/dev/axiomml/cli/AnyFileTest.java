package dev.axiomml.cli;

import static dev.axiomml.dsl.Dsl.image;
import static dev.axiomml.dsl.Dsl.input;
import static dev.axiomml.dsl.Dsl.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.axiomml.cli.command.ExitCodes;
import dev.axiomml.core.error.ModelException;
import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.model.InputSpec;
import dev.axiomml.core.model.Layout;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.ModelReader;
import dev.axiomml.core.tensor.Npy;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.dsl.Axiom;
import dev.axiomml.dsl.zoo.Zoo;
import dev.axiomml.interop.onnx.Onnx;
import dev.axiomml.interop.pytorch.PyTorch;
import dev.axiomml.interop.safetensors.SafeTensors;
import dev.axiomml.testing.Needs;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One door for files of every kind, wherever their bytes are. */
class AnyFileTest {
  private static final Path MODELS = Needs.repositoryRoot().resolve("examples/models");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"digits.pt2", "digits.onnx", "digits.json"})
  void a_file_opens_by_its_content_from_wherever_it_is(String name) throws IOException {
    Path renamed = Files.copy(MODELS.resolve(name), folder.resolve("model.bin"));
    byte[] bytes = Files.readAllBytes(renamed);
    InputSpec said = input(image(8, 8, 1));
    InputSpec[] spec = name.endsWith(".json") ? new InputSpec[] {said} : new InputSpec[0];
    Tensor x = Tensor.random(Shape.of(3, 8, 8, 1), 1, 0, 1);
    Tensor expected = Axiom.load(renamed, spec).predict(x);

    assertThat(expected.shape()).isEqualTo(Shape.of(3, 10));
    ByteBuffer inside = ByteBuffer.allocateDirect(bytes.length + 7).put(3, bytes);
    inside.position(3).limit(3 + bytes.length);
    for (Model<?> model :
        new Model<?>[] {
          Axiom.load(bytes, spec),
          Axiom.load(inside, spec),
          Axiom.load(new ByteArrayInputStream(bytes), spec)
        }) {
      assertThat(model.name()).isEqualTo("model");
      assertThat(model.predict(x)).isEqualTo(expected);
    }
  }

  @Test
  void bytes_may_be_overwritten_after_loading() throws IOException {
    byte[] bytes = Files.readAllBytes(MODELS.resolve("digits.onnx"));
    Tensor x = Tensor.random(Shape.of(1, 8, 8, 1), 1, 0, 1);
    Model<?> model = Axiom.load(bytes);
    Arrays.fill(bytes, (byte) 0);

    assertThat(model.predict(x)).isEqualTo(Axiom.load(MODELS.resolve("digits.onnx")).predict(x));
  }

  @Test
  void a_resource_opens_beside_a_class() throws Exception {
    Path room = Files.createDirectories(folder.resolve("dev/axiomml/cli/command"));
    try (InputStream code = ExitCodes.class.getResourceAsStream("ExitCodes.class")) {
      Files.write(room.resolve("ExitCodes.class"), code.readAllBytes());
    }
    Files.copy(MODELS.resolve("digits.onnx"), room.resolve("some.model"));
    URL[] jar = {folder.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(jar, ClassLoader.getPlatformClassLoader())) {
      Class<?> beside = loader.loadClass(ExitCodes.class.getName());
      Tensor x = Tensor.random(Shape.of(2, 8, 8, 1), 1, 0, 1);

      assertThat(Axiom.loadResource(beside, "some.model").predict(x))
          .isEqualTo(Axiom.load(MODELS.resolve("digits.onnx")).predict(x));
    }
  }

  @Test
  void the_tensors_of_an_onnx_file_are_listed_and_written() {
    Path file = folder.resolve("dense.onnx");
    Model<?> dense = Axiom.model("d").input(vector(3)).dense(2).named("fc").output().build();
    Onnx.save(dense, file);

    CommandRun run = CommandRun.of(List.of("tensors", file.toString(), "--out", folder.toString()));

    assertThat(run.exit()).isZero();
    assertThat(run.out().lines().map(line -> line.replaceAll(" +", " ")))
        .containsExactlyInAnyOrder("fc.weight float32 2×3", "fc.bias float32 2");
    assertThat(Npy.read(folder.resolve("fc.weight.npy")))
        .isEqualTo(dense.parameters().get(0).tensor().permute(1, 0));
  }

  @Test
  void a_missing_resource_says_where_it_was_looked_for() {
    String name = "/models/none.onnx";
    ModelImportException missing =
        catchThrowableOfType(
            ModelImportException.class, () -> Axiom.loadResource(AnyFileTest.class, name));

    assertThat(missing.diagnosis().what())
        .isEqualTo("no such resource beside " + AnyFileTest.class.getName());
    assertThat(missing.diagnosis().where()).isEqualTo(name);
    assertThat(missing.diagnosis().why()).contains("root of the class path");
    assertThat(missing.diagnosis().fix()).contains("Axiom.loadResource(AnyFileTest.class");
  }

  @Test
  void bytes_of_an_image_are_refused_where_the_domain_ends_below_them() {
    Model<?> digits = Axiom.load(MODELS.resolve("digits.pt2")).within(0, 1);
    float[] bytes = new float[64];
    for (int i = 0; i < 64; i++) {
      bytes[i] = i * 4;
    }
    Tensor image = Tensor.of(Shape.of(1, 8, 8, 1), bytes);
    ModelException refused =
        catchThrowableOfType(ModelException.class, () -> digits.predict(image));

    assertThat(refused.diagnosis().what()).endsWith(" got whole numbers from 0 to 255");
    assertThat(refused.diagnosis().where()).isEqualTo("model digits › predict");
    assertThat(refused.diagnosis().why()).contains("declared to be in [0, 1]");
    assertThat(refused.diagnosis().fix()).endsWith("pass x.scaled(1 / 255.0)");
    assertThat(digits.predict(image.scaled(1 / 255.0)).shape()).isEqualTo(Shape.of(1, 10));
    assertThat(digits.predict(Tensor.full(Shape.of(1, 8, 8, 1), 1)).size()).isEqualTo(10);
    assertThat(digits.predict(Tensor.full(Shape.of(1, 8, 8, 1), 1.5f)).size()).isEqualTo(10);
    assertThat(digits.within(0, 255).predict(image).size()).isEqualTo(10);
  }

  @Test
  void bytes_of_no_model_say_what_they_are() {
    ModelImportException refused =
        catchThrowableOfType(
            ModelImportException.class, () -> Axiom.load("<!doctype html>".getBytes()));

    assertThat(refused.diagnosis().what()).isEqualTo("the file is an HTML page");
    assertThat(refused.diagnosis().where()).isEqualTo("model");
  }

  @Test
  void a_reader_of_one_kind_names_the_door_of_all() {
    ModelImportException torch =
        catchThrowableOfType(
            ModelImportException.class, () -> PyTorch.load(MODELS.resolve("digits.onnx")));
    ModelImportException onnx =
        catchThrowableOfType(
            ModelImportException.class, () -> Onnx.load(MODELS.resolve("digits.pt2")));

    assertThat(torch.diagnosis().fix()).isEqualTo("call Axiom.load(path), which opens all kinds");
    assertThat(onnx.diagnosis().what()).isEqualTo("no ONNX model in digits.pt2");
    assertThat(onnx.diagnosis().fix()).isEqualTo("call Axiom.load(path), which opens all kinds");
  }

  @Test
  void an_index_in_memory_reads_no_file_beside_the_program() {
    String index = "{\"weight_map\": {\"a\": \"pom.xml\"}}";
    ModelImportException refused =
        catchThrowableOfType(ModelImportException.class, () -> Axiom.load(index.getBytes()));

    assertThat(refused.diagnosis().what()).isEqualTo("a model in memory that names pom.xml");
    assertThat(refused.diagnosis().fix()).contains("Axiom.load(path)");
  }

  @Test
  void weights_alone_take_images_in_the_order_that_is_asked_for() {
    Path file = folder.resolve("weights.bin");
    SafeTensors.save(Zoo.named("squeezenet1_1").seed(5).build(), file);
    Tensor last = Tensor.random(Shape.of(1, 224, 224, 3), 1, 0, 1);
    Tensor expected = Axiom.load(file).predict(last);

    Model<?> asFile = Axiom.load(ModelReader.Source.of(file), Layout.AS_FILE);

    assertThat(asFile.signature().inputs().get(0).axes())
        .containsExactly("batch", "channels", "height", "width");
    assertThat(asFile.predict(last.permute(0, 3, 1, 2))).isEqualTo(expected);
    Path x = folder.resolve("x.npy");
    Path y = folder.resolve("y.npy");
    Npy.write(last.permute(0, 3, 1, 2), x);
    CommandRun run =
        CommandRun.of(
            List.of("predict", file.toString(), "--input", x.toString(), "--output", y.toString()));
    assertThat(run.exit()).isEqualTo(0);
    assertThat(Npy.read(y)).isEqualTo(expected);
  }
}
