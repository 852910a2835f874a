package dev.axiomml.interop.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.testing.Needs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Hostile and broken files are refused, and the message names the file and the fault. */
class RejectedFilesTest {
  @TestFactory
  Stream<DynamicTest> files_are_refused() throws IOException {
    Path folder = Needs.shared("corpus/special/reject");
    JsonNode words = new ObjectMapper().readTree(folder.resolve("WORDS.json").toFile());
    Iterable<String> names = words::fieldNames;
    return StreamSupport.stream(names.spliterator(), false)
        .filter(name -> name.endsWith(".onnx"))
        .map(name -> dynamicTest(name, () -> refused(folder.resolve(name), words.get(name))));
  }

  private static void refused(Path file, JsonNode words) {
    assertThatThrownBy(() -> Onnx.load(file))
        .isInstanceOfSatisfying(
            ModelImportException.class,
            e -> {
              String name = file.getFileName().toString();
              assertThat(e.getMessage()).contains(name);
              assertThat(e.getMessage().lines().count()).isLessThanOrEqualTo(12);
              String rest = e.getMessage().replace(name, "").toLowerCase(Locale.ROOT);
              assertThat(StreamSupport.stream(words.spliterator(), false).map(JsonNode::asText))
                  .as(rest)
                  .anyMatch(word -> rest.contains(word.toLowerCase(Locale.ROOT)));
              assertThat(e.diagnosis().fix()).isNotEmpty();
            });
  }
}
