package dev.axiomml.interop.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.axiomml.core.model.Layout;
import dev.axiomml.core.model.Model;
import dev.axiomml.testing.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every file with a graph among the shared ones, in batch 3 and, where it is free, in batch 1. */
class SharedGraphsTest {
  private static final List<String> ENDINGS =
      List.of(".pt2", "trace.pt", "script.pt", "model.pytorch.json");

  @TestFactory
  Stream<DynamicTest> files_of_newer_pytorch() throws IOException {
    return files(Needs.shared("corpus/torch2"));
  }

  @TestFactory
  Stream<DynamicTest> files_of_older_pytorch() throws IOException {
    return files(Needs.shared("corpus/torch"));
  }

  /** Modules of classes whose forward is known; all others are refused, naming the class. */
  @TestFactory
  Stream<DynamicTest> pickled_modules() throws IOException {
    List<String> known =
        List.of("bn_mlp", "conv1d_net", "densenet", "mlp_", "mnist_seq", "mobilenetv2");
    Path root = Needs.shared("corpus");
    try (Stream<Path> walk = Files.walk(root, 3)) {
      List<Path> found =
          walk.filter(path -> path.getFileName().toString().startsWith("module")).sorted().toList();
      assertThat(found).hasSizeGreaterThan(20);
      return found.stream()
          .map(path -> dynamicTest(root.relativize(path).toString(), () -> module(path, known)));
    }
  }

  private static void module(Path file, List<String> known) {
    String architecture = file.getParent().getFileName().toString();
    boolean expected = known.stream().anyMatch(architecture::startsWith);
    if (expected) {
      check(file);
    } else {
      assertThatThrownBy(() -> PyTorch.load(file)).hasMessageContaining("forward() of class");
    }
  }

  private static Stream<DynamicTest> files(Path root) throws IOException {
    try (Stream<Path> walk = Files.walk(root, 2)) {
      List<Path> found =
          walk.filter(path -> ENDINGS.stream().anyMatch(path.toString()::endsWith))
              .sorted()
              .toList();
      if (found.isEmpty()) {
        fail("no file with a graph below " + root);
      }
      return found.stream()
          .map(path -> dynamicTest(root.relativize(path).toString(), () -> check(path)));
    }
  }

  private static void check(Path file) {
    Model<?> model = PyTorch.load(file);
    Golden.in(file.getParent()).holdsFor(model);
    boolean free = !model.signature().inputs().get(0).type().shape().dim(0).isFixed();
    if (free) {
      Golden.in(file.resolveSibling("batch1")).holdsFor(model);
    } else {
      Golden.in(file.getParent()).holdsFor(PyTorch.load(file, Layout.AS_FILE));
    }
  }
}
