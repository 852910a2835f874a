package dev.axiomml.interop.onnx;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nodes without the settings that the standard asks for; all were found by the fuzzer. */
class MissingSettingsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"Slice, 9, y < x, Slice without starts"})
  void what_is_missing_is_named(String op, int opset, String names, String told) {
    Nodes nodes = Nodes.of().input("x", Type.float32(Shape.of(2, 3))).node(op, names);
    Path file = nodes.write(folder, opset, "y");
    assertThatThrownBy(() -> Onnx.load(file))
        .isInstanceOf(ModelImportException.class)
        .hasMessageContaining(told);
  }
}
