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
  private final Map<Node, Weighted> affine;
  private final Meter meter;

  private Forms(Graph graph, Map<Node, Weighted> affine, Meter meter) {
    this.graph = graph;
    this.affine = affine;
    this.meter = meter;
  }

  /** Without a limit. @throws ArithmeticException where a weight cannot be held */
  Forms(Graph graph) {
    this(graph, Meter.endless());
  }

  /**
   * @throws ArithmeticException where a weight cannot be held
   */
  Forms(Graph graph, Meter meter) {
    this(graph, new HashMap<>(), meter);
    for (Node node : graph.nodes()) {
      if (node.op() instanceof AffineOp) {
        affine.put(node, new Weighted(node, meter));
      }
    }
  }

  /** The same, paid for from another meter. */
  Forms paidFrom(Meter other) {
    return new Forms(graph, affine, other);
  }

  Meter meter() {
    return meter;
  }

  Graph graph() {
    return graph;
  }

  Weighted affine(Node node) {
    return Objects.requireNonNull(affine.get(node), node.name());
  }
}
