package dev.axiomml.interop.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.axiomml.core.model.Layout;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.op.RunOp;
import dev.axiomml.core.tensor.Npy;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.onnx.save.OtherRuntime;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Networks as ONNX Runtime's optimiser and its quantiser left them answer what they answer there.
 */
class RuntimeFilesTest {
  @TempDir Path written;

  private static Path folder() {
    try {
      return Path.of(RuntimeFilesTest.class.getResource("runtime").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @TestFactory
  Stream<DynamicTest> files_open_and_answer_what_onnx_runtime_answers() throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> all = Files.walk(folder())) {
      all.filter(path -> path.toString().endsWith(".onnx")).sorted().forEach(files::add);
    }
    assertThat(files).hasSize(18);
    return files.stream()
        .map(path -> dynamicTest(folder().relativize(path).toString(), () -> check(path)));
  }

  private static List<Tensor> inputs(Path file, Model<?> model) {
    List<Tensor> inputs = new ArrayList<>();
    for (int i = 0; i < model.graph().inputs().size(); i++) {
      inputs.add(Npy.read(file.resolveSibling("input_" + i + ".npy")));
    }
    return inputs;
  }

  /** Also when they are written again as plain ONNX. */
  private void check(Path file) throws Exception {
    Model<?> model = Onnx.load(file, Layout.AS_FILE);
    List<Tensor> inputs = inputs(file, model);
    List<Tensor> mine = model.predictAll(inputs);
    Path outputs = Path.of(file.toString().replace(".onnx", "_output.npy"));
    Alike.CLOSE.check(mine, List.of(Npy.read(outputs)));
    Alike.CLOSE.check(mine, OtherRuntime.run(file, inputs));
    Path plain = written.resolve("plain.onnx");
    Onnx.save(model, plain);
    Alike.CLOSE.check(OtherRuntime.run(plain, inputs), mine);
  }

  @Test
  void a_network_that_was_fused_has_bounds_in_every_node() {
    Model<?> model = Onnx.load(folder().resolve("cnn/extended.onnx"));
    assertThat(model.graph().nodes()).noneMatch(node -> node.op() instanceof RunOp);
  }
}
