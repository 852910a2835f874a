package dev.axiomml.interop.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.axiomml.core.model.Layout;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.tensor.Npy;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.testing.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every ONNX file that PyTorch wrote among the shared ones, in batch 3 and, if free, batch 1. */
class TorchFilesTest {
  private static final double RELATIVE = 1e-4;
  private static final double ABSOLUTE = 1e-5;

  @TestFactory
  Stream<DynamicTest> files_of_older_pytorch() throws IOException {
    return files(Needs.shared("corpus/torch"));
  }

  @TestFactory
  Stream<DynamicTest> files_of_newer_pytorch() throws IOException {
    return files(Needs.shared("corpus/torch2"));
  }

  private static Stream<DynamicTest> files(Path root) throws IOException {
    try (Stream<Path> walk = Files.walk(root, 2)) {
      List<Path> found = walk.filter(path -> path.toString().endsWith(".onnx")).sorted().toList();
      assertThat(found).isNotEmpty();
      return found.stream()
          .map(path -> dynamicTest(root.relativize(path).toString(), () -> check(path)));
    }
  }

  private static void check(Path file) {
    Model<?> model = Onnx.load(file, Layout.AS_FILE);
    holds(model, file.getParent());
    if (!model.signature().inputs().get(0).type().shape().dim(0).isFixed()) {
      holds(model, file.resolveSibling("batch1"));
    }
  }

  private static void holds(Model<?> model, Path folder) {
    List<Tensor> wanted = numbered(folder, "output_");
    List<Tensor> answers = model.predictAll(numbered(folder, "input_"));
    assertThat(answers).hasSameSizeAs(wanted);
    for (int i = 0; i < wanted.size(); i++) {
      close(answers.get(i), wanted.get(i));
    }
  }

  private static List<Tensor> numbered(Path folder, String prefix) {
    List<Tensor> found = new ArrayList<>();
    for (int i = 0; Files.exists(folder.resolve(prefix + i + ".npy")); i++) {
      found.add(Npy.read(folder.resolve(prefix + i + ".npy")));
    }
    assertThat(found).as("%s of %s", prefix, folder).isNotEmpty();
    return found;
  }

  private static void close(Tensor actual, Tensor wanted) {
    assertThat(actual.type()).isEqualTo(wanted.type());
    for (int i = 0; i < wanted.size(); i++) {
      double want = wanted.doubleAt(i);
      double apart = Math.abs(actual.doubleAt(i) - want);
      assertThat(apart <= ABSOLUTE + RELATIVE * Math.abs(want))
          .as("element %d: %s, PyTorch %s", i, actual.doubleAt(i), want)
          .isTrue();
    }
  }
}
