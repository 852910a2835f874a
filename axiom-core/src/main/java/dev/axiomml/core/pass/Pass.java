package dev.axiomml.core.pass;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.tensor.Type;
import java.util.List;

/** A rewrite of graphs that keeps what they compute. */
@FunctionalInterface
public interface Pass {
  /** The rewritten graph; its inputs and outputs have the same types. */
  Graph apply(Graph graph);

  /** Applies a pass and checks that inputs and outputs kept their types. */
  static Graph checked(Pass pass, Graph graph) {
    Graph rewritten = pass.apply(graph);
    boolean same =
        types(graph.inputs()).equals(types(rewritten.inputs()))
            && fits(types(graph.outputs()), types(rewritten.outputs()));
    if (!same) {
      throw new IllegalStateException(
          "a pass changed the graph's boundary:\n" + graph + "\nbecame\n" + rewritten);
    }
    return rewritten;
  }

  private static List<Type> types(List<Value> values) {
    return values.stream().map(Value::type).toList();
  }

  private static boolean fits(List<Type> before, List<Type> after) {
    for (int i = 0; i < before.size(); i++) {
      boolean tensors = before.get(i).isTensor() && after.get(i).isTensor();
      if (tensors
          && (before.get(i).dtype() != after.get(i).dtype()
              || !before.get(i).shape().matches(after.get(i).shape()))) {
        return false;
      }
    }
    return before.size() == after.size();
  }
}
