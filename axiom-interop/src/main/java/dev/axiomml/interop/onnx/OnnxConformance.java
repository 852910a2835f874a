package dev.axiomml.interop.onnx;

import dev.axiomml.core.error.AxiomException;
import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.model.Layout;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.run.Backend;
import dev.axiomml.core.run.Compilation;
import dev.axiomml.core.run.Plan;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.onnx.conformance.ConformanceRow;
import dev.axiomml.interop.onnx.conformance.GoldenSet;
import dev.axiomml.interop.onnx.graph.RuntimeTypes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Runs a folder tree of ONNX backend tests: {@code <suite>/<test>/model.onnx} beside {@code
 * test_data_set_*} with inputs and outputs as protobuf tensors.
 *
 * <p>Answers must agree in count, shape and element type, and element by element within {@code atol
 * + rtol·|expected|}; NaN equals NaN. Where {@code index.csv} says that a golden is random, weak or
 * superseded, shape and type decide. Nodes for which the backend has no kernel run in Java.
 */
public final class OnnxConformance {
  private final Path root;
  private final Backend backend;
  private final Map<String, ConformanceRow> rows;

  private OnnxConformance(Path root, Backend backend) {
    this.root = root;
    this.backend = backend;
    this.rows = ConformanceRow.of(root.resolve("index.csv"));
  }

  /** How a test ended. */
  public enum Status {
    /** It gave what is expected. */
    PASSED,
    /** The model was refused with a typed error. */
    REFUSED,
    /** It ran and gave something else. */
    MISMATCH,
    /** Anything else. */
    ERROR;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What became of a test.
   *
   * @param suite the folder above the test's
   * @param test the test's folder
   * @param status how it ended
   * @param detail why it did not pass, one line; empty when it did
   * @param seconds how long it took
   */
  public record Result(String suite, String test, Status status, String detail, double seconds) {}

  /**
   * The results of all tests below a folder, reported as they come, in the order of their names.
   */
  public static List<Result> run(Path root, Backend backend, Consumer<Result> each) {
    OnnxConformance tests = new OnnxConformance(root, backend);
    List<Result> all = new ArrayList<>();
    for (Path model : tests.models()) {
      Result result = tests.timed(model);
      each.accept(result);
      all.add(result);
    }
    return all;
  }

  private List<Path> models() {
    try (Stream<Path> walk = Files.walk(root, 3)) {
      return walk.filter(path -> path.endsWith("model.onnx")).sorted().toList();
    } catch (IOException | UncheckedIOException e) {
      throw new ModelImportException(
          new Diagnosis(
              "cannot list " + root,
              root.toString(),
              String.valueOf(e),
              "give a folder that can be read, with <suite>/<test>/model.onnx in it"),
          e);
    }
  }

  private Result timed(Path model) {
    Path folder = model.toAbsolutePath().normalize();
    String test = folder.getName(folder.getNameCount() - 2).toString();
    String suite = folder.getName(folder.getNameCount() - 3).toString();
    ConformanceRow row =
        Optional.ofNullable(rows.get(suite + "/" + test)).orElse(ConformanceRow.USUAL);
    long start = System.nanoTime();
    Ending ending = ending(model, row);
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Result(suite, test, ending.status, ending.detail, seconds);
  }

  private record Ending(Status status, String detail) {}

  // What a test does to the runner is what is measured here, so nothing may pass this place.
  private Ending ending(Path model, ConformanceRow row) {
    try {
      Optional<String> difference = difference(model, row);
      return difference
          .map(text -> new Ending(Status.MISMATCH, text))
          .orElseGet(() -> new Ending(Status.PASSED, ""));
    } catch (AxiomException e) {
      return new Ending(Status.REFUSED, line(e));
    } catch (RuntimeException | StackOverflowError e) {
      return new Ending(Status.ERROR, line(e));
    }
  }

  private static String line(Throwable e) {
    String text = e.getClass().getSimpleName() + ": " + e.getMessage();
    return text.replaceAll("\\s+", " ").strip();
  }

  private Optional<String> difference(Path file, ConformanceRow row) {
    Model<?> model = Onnx.load(file, Layout.AS_FILE);
    List<Path> sets = sets(file.resolveSibling(""));
    if (sets.isEmpty()) {
      throw new IllegalStateException("no test_data_set_* beside it, so nothing was compared");
    }
    for (Path set : sets) {
      GoldenSet golden = GoldenSet.of(file, set);
      List<RuntimeValue> answers = answers(model, golden.inputs());
      Optional<String> difference = golden.difference(answers, row);
      if (difference.isPresent()) {
        return difference;
      }
    }
    return Optional.empty();
  }

  private List<RuntimeValue> answers(Model<?> model, List<RuntimeValue> inputs) {
    List<Type> types = inputs.stream().map(RuntimeTypes::of).toList();
    Compilation mixed = Compilation.DEFAULT.withJavaForTheRest();
    try (Plan plan = backend.compile(model.inference(types), mixed)) {
      return plan.run(inputs);
    }
  }

  private static List<Path> sets(Path folder) {
    try (Stream<Path> list = Files.list(folder)) {
      return list.filter(p -> p.getFileName().toString().startsWith("test_data_set_"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
