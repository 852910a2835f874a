package dev.axiomml.verify.cert;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.catalog.OpCatalog;
import java.util.List;

/** Tells the library's own operators from those that a user added. */
public final class BuiltIn {
  private BuiltIn() {}

  /** The class names of a graph's operators that are not the library's own, sorted. */
  public static List<String> missing(Graph graph) {
    return graph.nodes().stream()
        .map(Node::op)
        .filter(op -> !OpCatalog.builtIn(op))
        .map(Op::getClass)
        .map(Class::getName)
        .distinct()
        .sorted()
        .toList();
  }
}
