package dev.axiomml.examples;

import dev.axiomml.core.model.CompiledModel;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.run.Backend;
import dev.axiomml.core.run.BackendId;
import dev.axiomml.core.run.Backends;
import dev.axiomml.core.run.Compilation;
import dev.axiomml.core.tensor.Npy;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.pytorch.PyTorch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One model on every backend that is here: how far answers differ, and how long they take. */
public final class CompileAndCompare {
  private static final int RUNS = 200;

  private CompileAndCompare() {}

  /**
   * What a backend did.
   *
   * @param backend its name
   * @param difference the largest to the reference's answers
   * @param micros a batch took, the median
   */
  record Row(String backend, double difference, double micros) {}

  /** Argument: the folder of the digits, {@code examples/models}. */
  public static void main(String[] arguments) {
    Path folder = Path.of(arguments.length > 0 ? arguments[0] : "examples/models");
    for (Row row : rows(folder)) {
      System.out.printf(
          "%-10s %8.1f µs  differs by %.1e%n", row.backend(), row.micros(), row.difference());
    }
    System.out.println(Backends.choose());
  }

  static List<Row> rows(Path folder) {
    Model<?> digits = PyTorch.load(folder.resolve("digits.pt2"));
    Tensor images =
        Npy.read(folder.resolve("digits-test-images.npy")).permute(0, 2, 3, 1).slice(0, 32);
    List<Row> rows = new ArrayList<>();
    for (Backend backend : Backends.present()) {
      if (backend.unavailable().isEmpty()) {
        rows.add(row(digits, backend.id(), images));
      }
    }
    return rows;
  }

  private static Row row(Model<?> model, BackendId id, Tensor images) {
    Tensor expected = model.predict(images);
    try (CompiledModel compiled = model.compile(id, Compilation.DEFAULT.withJavaForTheRest())) {
      double difference = distance(expected, compiled.predict(images));
      return new Row(id.name(), difference, micros(compiled, images));
    }
  }

  private static double micros(CompiledModel compiled, Tensor images) {
    double[] times = new double[RUNS];
    for (int i = 0; i < RUNS; i++) {
      long start = System.nanoTime();
      compiled.predict(images);
      times[i] = (System.nanoTime() - start) / 1e3;
    }
    Arrays.sort(times);
    return times[RUNS / 2];
  }

  private static double distance(Tensor a, Tensor b) {
    double largest = 0;
    for (int i = 0; i < a.size(); i++) {
      largest = Math.max(largest, Math.abs(a.doubleAt(i) - b.doubleAt(i)));
    }
    return largest;
  }
}
