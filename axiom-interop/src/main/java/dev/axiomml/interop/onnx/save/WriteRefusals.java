package dev.axiomml.interop.onnx.save;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelExportException;
import dev.axiomml.interop.onnx.save.node.UnwritableNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What of a model cannot be written, gathered so that all of it is reported at once. */
final class WriteRefusals {
  private static final int SHOWN = 12;

  private final List<String> what = new ArrayList<>();
  private final List<UnwritableNode> reasons = new ArrayList<>();

  void add(String where, UnwritableNode reason) {
    what.add(where + " (" + reason.what() + ")");
    reasons.add(reason);
  }

  /** Refuses the model if anything was added. */
  void report(String model, Path path) {
    if (reasons.isEmpty()) {
      return;
    }
    List<String> shown = what.subList(0, Math.min(SHOWN, what.size()));
    String more = what.size() > SHOWN ? " and " + (what.size() - SHOWN) + " more" : "";
    List<String> why = reasons.stream().map(UnwritableNode::why).distinct().limit(3).toList();
    throw new ModelExportException(
        new Diagnosis(
            "ONNX cannot hold " + String.join(", ", shown) + more,
            "model " + model + " › " + path,
            String.join("; ", why),
            reasons.get(0).fix()));
  }
}
