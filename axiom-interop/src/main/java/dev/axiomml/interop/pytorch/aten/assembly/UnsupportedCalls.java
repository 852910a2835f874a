package dev.axiomml.interop.pytorch.aten.assembly;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.interop.pytorch.aten.AtenItem;
import dev.axiomml.interop.pytorch.aten.AtenProgram;
import dev.axiomml.interop.pytorch.aten.AtenStep;
import dev.axiomml.interop.pytorch.aten.calls.AtenTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The calls of a program that have no row in {@link AtenTable}. */
final class UnsupportedCalls {
  private UnsupportedCalls() {}

  /** Refuses a program with calls that have no row, naming them all. */
  static void refuse(AtenProgram program) {
    Map<String, List<String>> missing = new TreeMap<>();
    for (AtenStep step : program.steps()) {
      if (!AtenTable.knows(step.target())) {
        missing.computeIfAbsent(step.target().text(), t -> new ArrayList<>()).add(step.path());
      }
    }
    if (!missing.isEmpty()) {
      List<String> lines = new ArrayList<>();
      missing.forEach((target, nodes) -> lines.add(target + " (" + String.join(", ", nodes) + ")"));
      throw new ModelImportException(
          new Diagnosis(
              missing.size()
                  + (missing.size() == 1 ? " operator has" : " operators have")
                  + " no rule: "
                  + String.join("; ", lines),
              "",
              "every call of the file's graph must be known before anything runs",
              "replace those layers, or export with torch.export(...).run_decompositions()"));
    }
  }

  /** A call of which no overload takes the arguments. */
  static ModelImportException overload(AtenStep step, UnaryOperator<AtenItem> resolved) {
    String given =
        step.arguments().stream()
            .map(a -> (a.name().isEmpty() ? "" : a.name() + "=") + shown(resolved.apply(a.item())))
            .collect(Collectors.joining(", "));
    return new ModelImportException(
        new Diagnosis(
            "no known overload of " + step.target().text() + " takes (" + given + ")",
            "node " + step.path() + " (" + step.target().text() + ")",
            "an argument that has no meaning here would be lost in silence",
            "write it with known calls, or export with torch.export.save"));
  }

  private static String shown(AtenItem item) {
    if (item instanceof AtenItem.Many many) {
      return many.items().stream().map(UnsupportedCalls::shown).toList().toString();
    }
    boolean tensor = item instanceof AtenItem.Flow || item instanceof AtenItem.Weight;
    return tensor
        ? "Tensor"
        : item instanceof AtenItem.Nothing
            ? "None"
            : item.toString().replaceAll("^\\w+\\[.*=|]$", "");
  }
}
