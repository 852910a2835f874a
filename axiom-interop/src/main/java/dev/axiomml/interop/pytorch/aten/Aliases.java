package dev.axiomml.interop.pytorch.aten;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelImportException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which names share memory in a program with in-place calls, so that overwriting one is seen by the
 * others.
 */
final class Aliases {
  /** Calls whose result is the first argument itself. */
  private static final Set<String> SAME =
      Set.of("alias", "detach", "contiguous", "dropout", "feature_dropout", "alpha_dropout", "to");

  /** Calls whose result may be a view of the first argument. */
  private static final Set<String> VIEWS =
      Set.of(
          "view",
          "reshape",
          "flatten",
          "unflatten",
          "squeeze",
          "unsqueeze",
          "permute",
          "transpose",
          "t",
          "movedim",
          "select",
          "slice",
          "narrow",
          "expand",
          "expand_as",
          "view_as",
          "split",
          "split_with_sizes",
          "chunk",
          "unbind");

  private final Map<String, String> memory = new HashMap<>();
  private final Map<String, String> exact = new HashMap<>();
  private final Map<String, Integer> lastRead = new HashMap<>();
  private final Map<String, Integer> made = new HashMap<>();
  private final Map<Step, Integer> positions = new java.util.IdentityHashMap<>();

  Aliases(Program program) {
    List<Step> steps = program.steps();
    for (int i = 0; i < steps.size(); i++) {
      positions.put(steps.get(i), i);
      int at = i;
      steps.get(i).reads().forEach(name -> lastRead.put(name, at));
      steps.get(i).results().forEach(name -> made.put(name, at));
    }
    program.outputs().forEach(out -> lastRead.put(out.value().name(), steps.size()));
    steps.forEach(this::note);
  }

  private void note(Step step) {
    List<String> reads = step.reads();
    if (reads.isEmpty() || step.results().isEmpty()) {
      return;
    }
    boolean same = step.target().inPlace() || SAME.contains(step.target().name());
    boolean view = same || VIEWS.contains(step.target().name());
    for (String result : step.results()) {
      if (same) {
        exact.put(result, exactly(reads.get(0)));
      }
      if (view) {
        memory.put(result, root(reads.get(0)));
      }
    }
  }

  private String root(String name) {
    return memory.getOrDefault(name, name);
  }

  private String exactly(String name) {
    return exact.getOrDefault(name, name);
  }

  /**
   * The other names of what an in-place call overwrote. @throws ModelImportException when a view of
   * it is read later
   */
  List<String> overwritten(Step step) {
    if (!step.target().inPlace() || step.reads().isEmpty()) {
      return List.of();
    }
    String target = step.reads().get(0);
    int now = positions.getOrDefault(step, 0);
    List<String> others = new ArrayList<>();
    for (var entry : lastRead.entrySet()) {
      String name = entry.getKey();
      boolean before = made.getOrDefault(name, -1) < now;
      boolean shares = before && root(name).equals(root(target));
      if (!shares || entry.getValue() <= now) {
        continue;
      }
      if (!exactly(name).equals(exactly(target))) {
        throw overwrittenView(step, name);
      }
      others.add(name);
    }
    return others;
  }

  private static ModelImportException overwrittenView(Step step, String view) {
    return new ModelImportException(
        new Diagnosis(
            step.target().text() + " overwrites memory that " + view + " is a view of",
            "node " + step.path(),
            "a view that is read after its memory was overwritten is not followed",
            "write the step without the underscore (add instead of add_) and export again"));
  }
}
