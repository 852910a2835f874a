package dev.axiomml.core.pass;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.RewrittenGraph;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;

/** A rewrite of graphs that keeps what they compute. */
@FunctionalInterface
public interface Pass {
  /** The rewritten graph; its inputs and outputs are what the graph's became. */
  RewrittenGraph apply(Graph graph);

  /** A pass for graphs that have an operator of some kind; others stay as they are. */
  static Pass of(Class<?> kind, Pass pass) {
    return graph ->
        graph.nodes().stream().anyMatch(node -> kind.isInstance(node.op()))
            ? pass.apply(graph)
            : RewrittenGraph.same(graph);
  }

  /** Applies passes one after another, each as {@link #checked} does. */
  static RewrittenGraph all(Graph graph, Pass... passes) {
    RewrittenGraph rewritten = RewrittenGraph.same(graph);
    for (Pass pass : passes) {
      rewritten = rewritten.then(checked(pass, rewritten.graph()));
    }
    return rewritten;
  }

  /**
   * Applies a pass and checks that inputs and outputs are still there, in their order, and that
   * every value that is kept has its type.
   */
  static RewrittenGraph checked(Pass pass, Graph graph) {
    RewrittenGraph rewritten = pass.apply(graph);
    boolean kept =
        isKept(graph.inputs(), rewritten, rewritten.graph().inputs())
            && isKept(graph.outputs(), rewritten, rewritten.graph().outputs())
            && rewritten.where().entrySet().stream()
                .allMatch(entry -> fits(entry.getKey().type(), entry.getValue().type()));
    if (!kept) {
      throw new IllegalStateException(
          "a pass changed inputs, outputs or types:\n" + graph + "\nbecame\n" + rewritten.graph());
    }
    return rewritten;
  }

  private static boolean isKept(List<Value> before, RewrittenGraph rewritten, List<Value> after) {
    return before.stream()
        .map(rewritten::find)
        .toList()
        .equals(after.stream().map(Optional::of).toList());
  }

  private static boolean fits(Type before, Type after) {
    return !before.isTensor()
        || !after.isTensor()
        || (before.dtype() == after.dtype() && before.shape().matches(after.shape()));
  }
}
