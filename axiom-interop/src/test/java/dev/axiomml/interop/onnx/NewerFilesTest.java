package dev.axiomml.interop.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.onnx.schema.OnnxSchema.ModelProto;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewerFilesTest {
  @TempDir Path folder;

  @Test
  void a_newer_format_with_known_operators_opens() throws Exception {
    Tensor x = Tensor.of(Shape.of(3), -1, 0, 2);
    Path file = Nodes.of().input("x", x.type()).node("Relu", "y < x").write(folder, 20, "y");
    ModelProto newer =
        ModelProto.parseFrom(Files.readAllBytes(file)).toBuilder().setIrVersion(99).build();
    Files.write(file, newer.toByteArray());
    assertThat(Onnx.load(file).predictAll(List.of(x)))
        .containsExactly(Tensor.of(Shape.of(3), 0, 0, 2));
  }
}
