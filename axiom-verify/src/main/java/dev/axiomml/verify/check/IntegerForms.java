package dev.axiomml.verify.check;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.SumOp;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/** A graph of fixed sizes with its sums of products in whole numbers, for many boxes. */
final class IntegerForms {
  private final Graph graph;
  private final Map<Node, IntegerSumForm> sums;
  private final WorkMeter meter;

  private IntegerForms(Graph graph, Map<Node, IntegerSumForm> sums, WorkMeter meter) {
    this.graph = graph;
    this.sums = sums;
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
      if (node.op() instanceof SumOp) {
        sums.put(node, new IntegerSumForm(node, graph::constant, meter));
      }
    }
  }

  /** The same, paid for from another meter. */
  IntegerForms paidFrom(WorkMeter other) {
    return new IntegerForms(graph, sums, other);
  }

  WorkMeter meter() {
    return meter;
  }

  Graph graph() {
    return graph;
  }

  /** Whether the range of a value is asked for: it is more than a known factor of sums. */
  boolean isRead(Value value) {
    return graph.outputs().contains(value)
        || graph.readers(value).stream().anyMatch(node -> reads(node, value));
  }

  private boolean reads(Node node, Value value) {
    return !(node.op() instanceof SumOp)
        || IntStream.range(0, node.in().size())
            .anyMatch(k -> node.in().get(k).equals(value) && sum(node).reads(k));
  }

  IntegerSumForm sum(Node node) {
    return Objects.requireNonNull(sums.get(node), node.name());
  }
}
