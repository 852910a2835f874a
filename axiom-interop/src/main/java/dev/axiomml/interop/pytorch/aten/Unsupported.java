package dev.axiomml.interop.pytorch.aten;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelImportException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The calls of a program that have no row in {@link Aten}. */
final class Unsupported {
  private Unsupported() {}

  /** Refuses a program with calls that have no row, naming them all. */
  static void refuse(Program program) {
    Map<String, List<String>> missing = new TreeMap<>();
    for (Step step : program.steps()) {
      if (!Aten.knows(step)) {
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
}
