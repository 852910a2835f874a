package dev.axiomml.cli.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.axiomml.cli.argument.SearchOptions;
import dev.axiomml.cli.vnn.BenchmarkRun;
import dev.axiomml.cli.vnn.FamilyTable;
import dev.axiomml.cli.vnn.InstanceResult;
import dev.axiomml.cli.vnn.InstanceResult.Status;
import dev.axiomml.cli.vnn.VerdictRow;
import dev.axiomml.cli.vnn.VerdictTable;
import dev.axiomml.cli.vnn.VnnBudget;
import dev.axiomml.interop.vnnlib.InputRounding;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code axiom vnn-test}. */
@picocli.CommandLine.Command(
    name = "vnn-test",
    description = "Answers all instances of a folder's verdicts.csv and says how each ended.",
    footer = {
      "",
      "An answer is compared with the table's verdict where it is sat or unsat and tools do not",
      "disagree. Exit 0: no answer is wrong. 1: one is. 2: there was no instance."
    })
public final class VnnTestCommand extends AxiomSubcommand {
  @Parameters(index = "0", paramLabel = "DIR", description = "The folder with verdicts.csv.")
  private Path folder = Path.of("");

  @Option(
      names = "--family",
      paramLabel = "F",
      description = "Only the instances of this benchmark.")
  private Optional<String> family = Optional.empty();

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "For each instance (default: as the table says).")
  private Optional<Double> timeout = Optional.empty();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "How many work at once (default: all processors).")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--input-rounding",
      paramLabel = "exact|nearest",
      description =
          "How decimal limits of inputs are read. The verdicts of competitions are of the nearest"
              + " float32 (default); by exact, those that need it are not scored.")
  private InputRounding rounding = InputRounding.NEAREST;

  @Option(names = "--json", description = "Prints one JSON list instead of lines.")
  private boolean json;

  @Override
  public Integer call() {
    timeout.ifPresent(SearchOptions::seconds);
    int workers = SearchOptions.threads(threads);
    List<VerdictRow> rows =
        VerdictTable.read(folder).stream()
            .filter(row -> family.map(row.family()::equals).orElse(true))
            .toList();
    BenchmarkRun run = new BenchmarkRun(folder, rounding, row -> budget(row, workers));
    List<InstanceResult> known = Collections.synchronizedList(new ArrayList<>());
    interruption().otherwise(() -> print(List.copyOf(known)));
    for (VerdictRow row : rows) {
      if (!interruption().requested()) {
        take(run.answer(row), known);
      }
    }
    return interruption().takesPrinting() ? printed(known) : ExitCodes.INTERRUPTED;
  }

  private VnnBudget budget(VerdictRow row, int workers) {
    return VnnBudget.seconds(timeout.orElse(row.timeout()), workers, interruption()::requested);
  }

  private void take(InstanceResult result, List<InstanceResult> known) {
    known.add(result);
    if (!json) {
      out().println(result);
      out().flush();
    }
  }

  private int printed(List<InstanceResult> results) {
    print(results);
    if (results.isEmpty()) {
      notes().println("nothing was asked: no instance" + family.map(f -> " of " + f).orElse(""));
      return ExitCodes.UNKNOWN;
    }
    boolean wrong = results.stream().anyMatch(result -> result.status() == Status.WRONG);
    return wrong ? ExitCodes.NO : ExitCodes.OK;
  }

  private void print(List<InstanceResult> results) {
    if (json) {
      out().println(list(results));
    } else {
      out().println();
      FamilyTable.lines(results).forEach(out()::println);
      out()
          .println(
              rounding == InputRounding.NEAREST
                  ? "limits of inputs are read as their nearest float32"
                  : "limits of inputs are read exactly");
    }
    out().flush();
  }

  private static String list(List<InstanceResult> results) {
    ArrayNode all = new ObjectMapper().createArrayNode();
    for (InstanceResult result : results) {
      all.addObject()
          .put("family", result.row().family())
          .put("onnx", result.row().onnx())
          .put("vnnlib", result.row().vnnlib())
          .put("expected", result.expected())
          .put("answer", result.answer())
          .put("status", result.status().toString())
          .put("seconds", result.seconds())
          .put("cpu", result.cpu());
    }
    return all.toString();
  }
}
