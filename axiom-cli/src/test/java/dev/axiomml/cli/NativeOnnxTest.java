package dev.axiomml.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.axiomml.cli.command.NumericDifference;
import dev.axiomml.core.error.BackendException;
import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.model.CompiledModel;
import dev.axiomml.core.model.Layout;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.run.Backend;
import dev.axiomml.core.run.BackendId;
import dev.axiomml.core.run.Backends;
import dev.axiomml.core.run.Compilation;
import dev.axiomml.core.run.Plan;
import dev.axiomml.core.tensor.Npy;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.onnx.Onnx;
import dev.axiomml.interop.onnx.OnnxConformance;
import dev.axiomml.testing.Needs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** ONNX files answer on the native backend what they answer in Java. */
class NativeOnnxTest {
  private static final Compilation MIXED = Compilation.DEFAULT.withJavaForTheRest();

  /** The native backend, which remembers what its plans say. */
  private static final class Watched implements Backend {
    private final Backend backend = Backends.require(Backends.NATIVE);
    private final List<String> wholly = new ArrayList<>();
    private final List<String> partly = new ArrayList<>();

    @Override
    public BackendId id() {
      return backend.id();
    }

    @Override
    public Optional<String> unavailable() {
      return backend.unavailable();
    }

    @Override
    public Plan compile(Graph graph, Compilation options) {
      Plan plan = backend.compile(graph, options);
      (isWhole(graph) ? wholly : partly).add(plan.report());
      return plan;
    }

    private boolean isWhole(Graph graph) {
      try (Plan alone = backend.compile(graph, Compilation.DEFAULT)) {
        return alone.inputs().size() == graph.inputs().size();
      } catch (BackendException refused) {
        return false;
      }
    }
  }

  @BeforeEach
  void needs_the_native_library() {
    Optional<String> absent = Backends.require(Backends.NATIVE).unavailable();
    Needs.nativeLibrary(absent.isEmpty(), absent.orElse(""));
  }

  @Test
  void the_conformance_tests_end_as_in_java() {
    Path corpus = Needs.shared("corpus/onnx");
    for (String suite : List.of("pytorch-operator", "pytorch-converted", "node-v1.12.0")) {
      Watched backend = new Watched();
      List<String> wanted = endings(corpus.resolve(suite), Backends.require(Backends.REFERENCE));
      assertThat(endings(corpus.resolve(suite), backend)).as(suite).isEqualTo(wanted);
      assertThat(wanted).as(suite).noneMatch(ending -> ending.endsWith("error"));
      assertThat(backend.wholly).as(suite).isNotEmpty().noneMatch(NativeOnnxTest::namesJava);
    }
  }

  @Test
  void a_plan_says_which_nodes_run_in_java() {
    Path corpus = Needs.shared("corpus/onnx");
    Watched backend = new Watched();
    endings(corpus.resolve("pytorch-operator"), backend);
    assertThat(backend.partly).isNotEmpty().allMatch(NativeOnnxTest::namesJava);
  }

  private static boolean namesJava(String report) {
    return report.lines().anyMatch(line -> line.startsWith("java: "));
  }

  private static List<String> endings(Path folder, Backend backend) {
    return OnnxConformance.run(folder, backend, result -> {}).stream()
        .map(result -> result.test() + " " + result.status())
        .toList();
  }

  @TestFactory
  Stream<DynamicTest> files_of_pytorch_answer_what_pytorch_does() {
    return Stream.of("corpus/torch", "corpus/torch2").map(Needs::shared).flatMap(this::files);
  }

  private Stream<DynamicTest> files(Path root) {
    return list(root)
        .filter(Files::isDirectory)
        .flatMap(NativeOnnxTest::list)
        .filter(path -> path.toString().endsWith(".onnx"))
        .map(path -> dynamicTest(root.relativize(path).toString(), () -> check(path)));
  }

  private static Stream<Path> list(Path folder) {
    try (Stream<Path> found = Files.list(folder)) {
      return found.sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void check(Path file) {
    Model<?> model = Onnx.load(file, Layout.AS_FILE);
    List<Tensor> wanted = numbered(file.getParent(), "output_");
    try (CompiledModel compiled = model.compile(Backends.NATIVE, MIXED)) {
      List<Tensor> answers = compiled.predictAll(numbered(file.getParent(), "input_"));
      assertThat(answers).hasSameSizeAs(wanted);
      for (int i = 0; i < wanted.size(); i++) {
        NumericDifference difference =
            NumericDifference.of(
                answers.get(i), wanted.get(i), new NumericDifference.Tolerance(1e-4, 1e-5));
        assertThat(difference.isEqual()).as("output %d: %s", i, difference).isTrue();
      }
    }
  }

  private static List<Tensor> numbered(Path folder, String prefix) {
    return list(folder)
        .filter(path -> path.getFileName().toString().matches(prefix + "\\d+\\.npy"))
        .map(Npy::read)
        .toList();
  }
}
