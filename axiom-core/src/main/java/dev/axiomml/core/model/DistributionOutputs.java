package dev.axiomml.core.model;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.norm.Softmax;

/** Whether an output is a distribution by construction. */
final class DistributionOutputs {
  private DistributionOutputs() {}

  /** Whether the output is made by a softmax over its last axis. */
  static boolean isOne(Graph graph, int output) {
    Value value = graph.outputs().get(output);
    return graph
        .producer(value)
        .filter(node -> node.op() instanceof Softmax s && s.axis() == lastOr(value, s.axis()))
        .isPresent();
  }

  private static int lastOr(Value value, int axis) {
    return axis < 0 ? -1 : value.type().shape().rank() - 1;
  }
}
