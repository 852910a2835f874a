package dev.axiomml.verify.check;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.op.AffineOp;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** A graph of fixed sizes with its affine steps in whole numbers, for many boxes. */
final class Forms {
  private final Graph graph;
  private final Map<Node, Weighted> affine = new HashMap<>();

  /**
   * @throws ArithmeticException where a weight cannot be held
   */
  Forms(Graph graph) {
    this.graph = graph;
    for (Node node : graph.nodes()) {
      if (node.op() instanceof AffineOp) {
        affine.put(node, new Weighted(node));
      }
    }
  }

  Graph graph() {
    return graph;
  }

  Weighted affine(Node node) {
    return Objects.requireNonNull(affine.get(node), node.name());
  }
}
