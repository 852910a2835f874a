package dev.axiomml.interop.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.model.Model;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files with a graph inside that somebody cut, edited or packed in another way. */
class DamagedGraphsTest {
  private static final String JSON = "model/models/model.json";

  @TempDir private Path folder;

  /** The archive with records changed; empty bytes leave one out. */
  private Path repacked(String fixture, BiFunction<String, byte[], byte[]> change) {
    Path file = folder.resolve("edited.pt2");
    try (ZipFile from = new ZipFile(Golden.fixture(fixture).toFile());
        ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(file))) {
      for (ZipEntry entry : java.util.Collections.list(from.entries())) {
        byte[] old = from.getInputStream(entry).readAllBytes();
        put(to, entry.getName(), change.apply(entry.getName(), old));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  private static void put(ZipOutputStream to, String name, byte[] bytes) throws IOException {
    if (bytes.length > 0) {
      to.putNextEntry(new ZipEntry(name));
      to.write(bytes);
    }
  }

  private Path edited(String before, String after) {
    return repacked(
        "cnn/model.pt2",
        (name, bytes) -> {
          if (!name.equals(JSON)) {
            return bytes;
          }
          String text = new String(bytes, StandardCharsets.UTF_8);
          assertThat(text).contains(before);
          return text.replace(before, after).getBytes(StandardCharsets.UTF_8);
        });
  }

  private static ModelImportException refused(Path file) {
    return catchThrowableOfType(ModelImportException.class, () -> PyTorch.load(file));
  }

  @Test
  void attention_by_itself_is_refused_for_it_takes_three_inputs() {
    ModelImportException error = refused(Golden.fixture("encoder/attention.pt"));

    assertThat(error.diagnosis().what()).contains("queries, keys and values");
    assertThat(error.diagnosis().where()).contains("attention.pt", "MultiheadAttention");
    assertThat(error.diagnosis().why()).contains("forward()");
    assertThat(error.diagnosis().fix()).contains("torch.export.save");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"major\": 8              | \"major\": 99             | schema version 99",
        "aten.conv2d.default       | aten.conv_of_tomorrow.x   | no rule:"
            + " torch.ops.aten.conv_of_tomorrow.x",
        "\"graph_module\"          | \"graf_module\"           | field graph_module is missing",
        "\"0.weight\"              | \"0.wait\"                | tensor 0.wait is not in the file",
        "\"as_bool\": false        | \"as_bool\": 17           | expected true or false, got 17",
        "\"name\": \"input\"       | \"name\": \"output\"      | output",
        "\"user_input\"            | \"custom_obj\"            | an input of kind custom_obj",
        "{\"as_ints\": [1, 1]}     | {\"as_ints\": [0, 0]}     | at least 1"
      })
  void what_is_wrong_in_the_graph_is_named_with_the_file(String before, String after, String what) {
    ModelImportException error = refused(edited(before, after));

    assertThat(error.diagnosis().what()).contains(what);
    assertThat(error.diagnosis().where()).contains("edited.pt2");
    assertThat(List.of(error.diagnosis().why(), error.diagnosis().fix())).doesNotContain("");
  }

  @Test
  void a_graph_cut_in_the_middle_is_refused() {
    Path file =
        repacked(
            "cnn/model.pt2",
            (name, bytes) -> name.equals(JSON) ? Arrays.copyOf(bytes, bytes.length / 2) : bytes);

    assertThat(refused(file).diagnosis().what()).startsWith("not readable as JSON");
  }

  @Test
  void a_weight_that_is_cut_is_refused() {
    Path file =
        repacked(
            "cnn/model.pt2",
            (name, bytes) ->
                name.endsWith("/weight_0") ? Arrays.copyOf(bytes, bytes.length - 4) : bytes);

    ModelImportException error = refused(file);

    assertThat(error.diagnosis().what()).contains("a tensor of 72 elements").contains("71 stored");
    assertThat(error.diagnosis().where()).contains("0.weight");
  }

  @Test
  void a_weight_that_is_missing_is_refused() {
    Path file =
        repacked(
            "cnn/model.pt2", (name, bytes) -> name.endsWith("/weight_0") ? new byte[0] : bytes);

    assertThat(refused(file).diagnosis().what()).contains("weight_0 is missing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cnn/model.pt2", "cnn/trace.pt"})
  void an_archive_cut_anywhere_is_refused_with_its_name(String fixture) throws IOException {
    byte[] whole = Files.readAllBytes(Golden.fixture(fixture));
    for (int part = 0; part < 16; part++) {
      Path file = folder.resolve("cut" + part + ".pt2");
      Files.write(file, Arrays.copyOf(whole, whole.length * part / 16));

      assertThat(refused(file)).as("part %d of 16", part).hasMessageContaining("cut" + part);
    }
  }

  @Test
  void the_older_flat_archive_gives_the_same_numbers() throws IOException {
    Path file = folder.resolve("flat.pt2");
    try (ZipFile from = new ZipFile(Golden.fixture("cnn/model.pt2").toFile());
        ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(file))) {
      to.putNextEntry(new ZipEntry("version"));
      to.write("8.2".getBytes(StandardCharsets.UTF_8));
      to.putNextEntry(new ZipEntry("serialized_exported_program.json"));
      to.write(from.getInputStream(from.getEntry(JSON)).readAllBytes());
      to.putNextEntry(new ZipEntry("serialized_state_dict.pt"));
      to.write(Files.readAllBytes(Golden.fixture("cnn/state_dict.pt")));
    }

    Model<?> model = PyTorch.load(file);

    Golden.in(Golden.fixture("cnn")).holdsFor(model);
  }

  @Test
  void a_pickled_sequential_runs_and_keeps_its_names() {
    Model<?> model = PyTorch.load(Golden.fixture("cnn/module.pt"));

    Golden.in(Golden.fixture("cnn")).holdsFor(model);
    assertThat(model.parameters()).anyMatch(p -> p.name().equals("1.running_mean"));
  }

  @Test
  void weights_alone_are_refused_with_the_ways_out() {
    ModelImportException error = refused(Golden.fixture("mlp/state_dict.pt"));

    assertThat(error.diagnosis().what()).contains("tensors but no graph");
    assertThat(error.diagnosis().fix()).contains("loadInto").contains("torch.export.save");
  }
}
