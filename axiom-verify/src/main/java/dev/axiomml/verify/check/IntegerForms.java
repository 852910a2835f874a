package dev.axiomml.verify.check;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.op.AffineOp;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** A graph of fixed sizes with its affine steps in whole numbers, for many boxes. */
final class IntegerForms {
  private final Graph graph;
  private final Map<Node, IntegerLinearForm> affine;
  private final WorkMeter meter;

  private IntegerForms(Graph graph, Map<Node, IntegerLinearForm> affine, WorkMeter meter) {
    this.graph = graph;
    this.affine = affine;
    this.meter = meter;
  }

  /** Without a limit. @throws ArithmeticException where a weight cannot be held */
  IntegerForms(Graph graph) {
    this(graph, WorkMeter.endless());
  }

  /**
   * @throws ArithmeticException where a weight cannot be held
   */
  IntegerForms(Graph graph, WorkMeter meter) {
    this(graph, new HashMap<>(), meter);
    for (Node node : graph.nodes()) {
      if (node.op() instanceof AffineOp) {
        affine.put(node, new IntegerLinearForm(node, meter));
      }
    }
  }

  /** The same, paid for from another meter. */
  IntegerForms paidFrom(WorkMeter other) {
    return new IntegerForms(graph, affine, other);
  }

  WorkMeter meter() {
    return meter;
  }

  Graph graph() {
    return graph;
  }

  IntegerLinearForm affine(Node node) {
    return Objects.requireNonNull(affine.get(node), node.name());
  }
}
