package dev.axiomml.backend.jni;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Cuts a graph, in the order of running, into stretches with kernels and single nodes without. */
final class GraphPartition {
  private final Graph graph;
  private final List<Step> steps = new ArrayList<>();

  private GraphPartition(Graph graph) {
    this.graph = graph;
  }

  /** A part of a graph. */
  sealed interface Step permits Stretch, Single {}

  /** Nodes that run as one plan, over the whole graph's values. */
  record Stretch(Graph part) implements Step {}

  /** A node that runs in Java. */
  record Single(Node node) implements Step {}

  static List<Step> of(Graph graph, Set<Node> inJava) {
    GraphPartition partition = new GraphPartition(graph);
    List<Node> stretch = new ArrayList<>();
    for (Node node : graph.nodes()) {
      if (inJava.contains(node)) {
        partition.cut(stretch);
        partition.steps.add(new Single(node));
      } else {
        stretch.add(node);
      }
    }
    partition.cut(stretch);
    return partition.steps;
  }

  private void cut(List<Node> stretch) {
    if (!stretch.isEmpty()) {
      steps.add(new Stretch(graph.part(stretch)));
      stretch.clear();
    }
  }
}
