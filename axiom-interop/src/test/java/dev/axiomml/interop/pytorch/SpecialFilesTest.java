package dev.axiomml.interop.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Npy;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.weights.StateDict;
import dev.axiomml.testing.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Odd but good files give their tensors bit for bit; hostile ones are refused in their own words.
 */
class SpecialFilesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TestFactory
  Stream<DynamicTest> odd_files_give_their_tensors_bit_for_bit() throws IOException {
    return list(Needs.shared("corpus/special/ok"))
        .map(folder -> dynamicTest(folder.getFileName().toString(), () -> good(folder)));
  }

  private static void good(Path folder) throws IOException {
    if (folder.endsWith("complex64")) {
      ModelImportException refusal =
          catchThrowableOfType(
              ModelImportException.class, () -> PyTorch.stateDict(folder.resolve("file.pt")));
      assertThat(refusal).hasMessageContaining("complex64");
      return;
    }
    StateDict dict = PyTorch.stateDict(file(folder));
    JsonNode wanted = JSON.readTree(folder.resolve("expected.json").toFile()).path("tensors");
    assertThat(wanted.size()).isPositive();
    wanted
        .properties()
        .forEach(
            entry -> {
              Path npy = folder.resolve("expected").resolve(entry.getValue().path("npy").asText());
              Tensor expected = Npy.read(npy);
              Tensor actual = dict.tensor(entry.getKey()).orElseThrow();
              boolean half = actual.dtype().isFloat() && actual.dtype().bytes() == 2;
              assertThat(half ? actual.to(DType.FLOAT32) : actual)
                  .as(entry.getKey())
                  .isEqualTo(expected);
            });
  }

  private static Path file(Path folder) throws IOException {
    List<Path> files = list(folder).filter(Files::isRegularFile).toList();
    return files.stream()
        .filter(f -> f.toString().endsWith(".index.json") || f.toString().contains("/file."))
        .findFirst()
        .orElseThrow();
  }

  @TestFactory
  Stream<DynamicTest> hostile_files_are_refused_in_their_own_words() throws IOException {
    Path folder = Needs.shared("corpus/special/reject");
    JsonNode words = JSON.readTree(folder.resolve("WORDS.json").toFile());
    return words.properties().stream()
        .filter(entry -> !entry.getKey().endsWith(".onnx"))
        .map(
            entry ->
                dynamicTest(
                    entry.getKey(),
                    () -> refused(folder.resolve(entry.getKey()), entry.getValue())));
  }

  private static void refused(Path file, JsonNode words) {
    ModelImportException refusal =
        catchThrowableOfType(ModelImportException.class, () -> PyTorch.stateDict(file).toMap());
    assertThat(refusal).as("refusal of %s", file).isNotNull();
    String text = refusal.getMessage();
    String name = file.getFileName().toString();
    assertThat(text).contains(name);
    assertThat(text.lines().count()).isLessThanOrEqualTo(12);
    String rest = text.replace(name, "").toLowerCase(Locale.ROOT);
    assertThat(words)
        .as(text)
        .anySatisfy(w -> assertThat(rest).contains(w.asText().toLowerCase(Locale.ROOT)));
    assertThat(refusal.diagnosis().why()).isNotBlank();
    assertThat(refusal.diagnosis().fix()).isNotBlank();
  }

  private static Stream<Path> list(Path folder) throws IOException {
    try (Stream<Path> paths = Files.list(folder)) {
      return paths.sorted().toList().stream();
    }
  }
}
