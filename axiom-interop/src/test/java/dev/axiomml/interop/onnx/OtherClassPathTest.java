package dev.axiomml.interop.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application brings the protobuf-java of another library, or none. */
class OtherClassPathTest {
  /** Put there by the build: the version of Spark 4.2. */
  private static final Path OLDER =
      Path.of("target/older-protobuf/protobuf-java-4.33.5.jar").toAbsolutePath();

  @TempDir Path folder;

  private Path file() {
    Tensor weight = Tensor.of(Shape.of(3, 2), 1, 2, 3, 4, 5, 6);
    return Nodes.of()
        .input("x", Tensor.of(Shape.of(2), 0, 0).type())
        .weight("w", weight)
        .node("MatMul", "h < w x")
        .node("Relu", "y < h")
        .write(folder, 20, "y");
  }

  private OtherProcess.ProcessEnd run(List<Path> first, Path... args) throws Exception {
    return new OtherProcess(List.of(), first).run(args);
  }

  @Test
  void models_are_read_and_written_beside_an_older_protobuf() throws Exception {
    assertThat(OLDER).as("put there by mvn generate-test-resources").exists();
    OtherProcess.ProcessEnd ended = run(List.of(OLDER), file(), folder.resolve("copy.onnx"));
    assertThat(ended.text()).isEqualToIgnoringNewLines("[6.0, 6.0]");
    assertThat(ended.code()).isZero();
  }

  @Test
  void models_are_read_and_written_without_protobuf() throws Exception {
    OtherProcess.ProcessEnd ended = run(List.of(), file(), folder.resolve("copy.onnx"));
    assertThat(ended.text()).isEqualToIgnoringNewLines("[6.0, 6.0]");
    assertThat(ended.code()).isZero();
  }

  /** The twin, without which the tests above would show nothing. */
  @Test
  void generated_code_dies_beside_an_older_protobuf() throws Exception {
    assertThat(OLDER).as("put there by mvn generate-test-resources").exists();
    OtherProcess.ProcessEnd ended = run(List.of(OLDER), file());
    assertThat(ended.code()).isNotZero();
    assertThat(ended.text()).contains("gencode", "4.33.5");
  }
}
