package dev.axiomml.interop.onnx.graph;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Type;
import java.util.HashSet;
import java.util.Set;

/** Whether the sizes of a graph's inputs tell all of its sizes and all of its operators. */
public final class ForAllSizes {
  private ForAllSizes() {}

  /** Whether binding the inputs' symbols is all that specializing the graph would do. */
  public static boolean holds(Graph graph) {
    Set<String> own = new HashSet<>();
    graph.inputs().forEach(value -> symbols(value.type(), own));
    boolean waits = graph.nodes().stream().anyMatch(node -> node.op() instanceof DeferredSettings);
    return own.isEmpty() || (!waits && graph.values().allMatch(value -> isTold(value, own)));
  }

  private static boolean isTold(Value value, Set<String> own) {
    Set<String> met = new HashSet<>();
    boolean known = symbols(value.type(), met);
    return known && own.containsAll(met);
  }

  /** Adds the symbols of a type. @return whether it has a shape at all */
  private static boolean symbols(Type type, Set<String> to) {
    if (type.isTensor()) {
      type.shape()
          .bind(
              symbol -> {
                to.add(symbol);
                return Dim.symbol(symbol);
              });
    }
    return type.isTensor();
  }
}
