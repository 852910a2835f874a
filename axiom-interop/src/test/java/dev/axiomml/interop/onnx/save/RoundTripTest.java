package dev.axiomml.interop.onnx.save;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.axiomml.core.model.InputSpec;
import dev.axiomml.core.model.Layout;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.tensor.Npy;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.onnx.Onnx;
import dev.axiomml.interop.pytorch.PyTorch;
import dev.axiomml.testing.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every file that holds a network among the shared ones, loaded, written and loaded again. */
class RoundTripTest {
  private static final List<String> ENDINGS =
      List.of(".onnx", ".pt2", "trace.pt", "script.pt", ".pytorch.json");

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> files_of_older_pytorch() throws IOException {
    return files(Needs.shared("corpus/torch"));
  }

  @TestFactory
  Stream<DynamicTest> files_of_newer_pytorch() throws IOException {
    return files(Needs.shared("corpus/torch2"));
  }

  private Stream<DynamicTest> files(Path root) throws IOException {
    try (Stream<Path> walk = Files.walk(root, 2)) {
      List<Path> found =
          walk.filter(path -> ENDINGS.stream().anyMatch(path.toString()::endsWith))
              .sorted()
              .toList();
      assertThat(found).isNotEmpty();
      return found.stream()
          .map(path -> dynamicTest(root.relativize(path).toString(), () -> check(path)));
    }
  }

  private void check(Path file) throws Exception {
    Model<?> model = load(file, Layout.CHANNELS_LAST);
    Path copy = folder.resolve("copy.onnx");
    Onnx.save(model, copy);
    Model<?> again = Onnx.load(copy);
    assertThat(again.signature().inputs()).isEqualTo(model.signature().inputs());
    List<Tensor> inputs = numbered(file.getParent(), "input_");
    List<Tensor> wanted = load(file, Layout.AS_FILE).predictAll(inputs);
    Close.AGAIN.check(Onnx.load(copy, Layout.AS_FILE).predictAll(inputs), wanted);
    Close.ELSEWHERE.check(OtherRuntime.run(copy, inputs), wanted);
  }

  private static Model<?> load(Path file, Layout layout) {
    return file.toString().endsWith(".onnx")
        ? Onnx.load(file, layout)
        : PyTorch.load(file, layout, specs(file));
  }

  /** Scripts do not tell sizes, which a pool to more than one part needs when it is read again. */
  private static InputSpec[] specs(Path file) {
    boolean told = !file.toString().contains("torch/vgg_bn_small");
    Shape batch = numbered(file.getParent(), "input_").get(0).shape();
    return told ? new InputSpec[0] : new InputSpec[] {InputSpec.of(batch.sub(1, batch.rank()))};
  }

  private static List<Tensor> numbered(Path folder, String prefix) {
    List<Tensor> found = new ArrayList<>();
    for (int i = 0; Files.exists(folder.resolve(prefix + i + ".npy")); i++) {
      found.add(Npy.read(folder.resolve(prefix + i + ".npy")));
    }
    return found;
  }
}
