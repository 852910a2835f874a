package dev.axiomml.verify.cert;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.op.Op;
import java.util.List;

/** Tells the library's own operators from those that a user added. */
public final class BuiltIn {
  private static final String HOME = Op.class.getPackageName();

  private BuiltIn() {}

  /** The class names of a graph's operators that are not the library's own, sorted. */
  public static List<String> missing(Graph graph) {
    return graph.nodes().stream()
        .map(Node::op)
        .filter(op -> !op.getClass().getPackageName().equals(HOME))
        .map(op -> op.getClass().getName())
        .distinct()
        .sorted()
        .toList();
  }
}
