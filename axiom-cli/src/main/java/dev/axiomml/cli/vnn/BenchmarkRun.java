package dev.axiomml.cli.vnn;

import dev.axiomml.core.error.AxiomException;
import dev.axiomml.core.model.Layout;
import dev.axiomml.core.model.Model;
import dev.axiomml.interop.onnx.Onnx;
import dev.axiomml.interop.vnnlib.InputRounding;
import dev.axiomml.interop.vnnlib.VnnLib;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** Answers the instances of a benchmark one after another; a family's models are read once. */
public final class BenchmarkRun {
  private final Path folder;
  private final InputRounding rounding;
  private final Function<VerdictRow, VnnBudget> budgets;
  private final Map<String, Model<?>> models = new HashMap<>();
  private String family = "";

  /**
   * A run.
   *
   * @param folder the folder that the rows' files are in
   * @param budgets the budget of a row, whose clock begins when it is asked for
   */
  public BenchmarkRun(
      Path folder, InputRounding rounding, Function<VerdictRow, VnnBudget> budgets) {
    this.folder = folder;
    this.rounding = rounding;
    this.budgets = budgets;
  }

  /** Answers one instance. */
  public InstanceResult answer(VerdictRow row) {
    long start = System.nanoTime();
    Duration before = worked();
    String answer = "error";
    String detail;
    try {
      VnnResult result = searched(row, budgets.apply(row));
      answer = result.answer().toString();
      detail = result.why().isEmpty() ? "" : result.why().get(result.why().size() - 1);
    } catch (AxiomException refused) {
      detail = refused.diagnosis().what() + " (" + refused.diagnosis().where() + ")";
    } catch (RuntimeException | OutOfMemoryError | StackOverflowError fault) {
      detail = "a fault of Axiom: " + fault;
    }
    double seconds = (System.nanoTime() - start) * 1e-9;
    double cpu = worked().minus(before).toNanos() * 1e-9;
    String expected = row.expected(rounding == InputRounding.NEAREST);
    return new InstanceResult(row, expected, answer, detail, seconds, cpu);
  }

  private VnnResult searched(VerdictRow row, VnnBudget budget) {
    if (!row.family().equals(family)) {
      models.clear();
      family = row.family();
    }
    Model<?> model =
        models.computeIfAbsent(row.onnx(), name -> Onnx.load(folder.resolve(name), Layout.AS_FILE));
    return VnnSearch.answer(model, VnnLib.read(folder.resolve(row.vnnlib())), rounding, budget);
  }

  private static Duration worked() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }
}
