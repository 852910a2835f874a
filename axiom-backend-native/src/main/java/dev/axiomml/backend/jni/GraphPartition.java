package dev.axiomml.backend.jni;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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

  /**
   * Nodes that run as one plan.
   *
   * @param part a graph of their own
   * @param in the whole graph's values that the part is given
   * @param out the whole graph's values that the part answers
   */
  record Stretch(Graph part, List<Value> in, List<Value> out) implements Step {}

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
      steps.add(stretch(List.copyOf(stretch)));
      stretch.clear();
    }
  }

  private Stretch stretch(List<Node> nodes) {
    Set<Value> made = new LinkedHashSet<>();
    nodes.forEach(node -> made.addAll(node.out()));
    Set<Value> in = new LinkedHashSet<>();
    nodes.forEach(
        node ->
            node.in().stream()
                .filter(v -> !made.contains(v) && graph.constant(v).isEmpty())
                .forEach(in::add));
    List<Value> out = made.stream().filter(value -> isReadOutside(value, made)).toList();
    return new Stretch(part(nodes, in, out), List.copyOf(in), out);
  }

  private boolean isReadOutside(Value value, Set<Value> made) {
    return graph.outputs().contains(value)
        || graph.readers(value).stream().anyMatch(reader -> !made.containsAll(reader.out()));
  }

  private Graph part(List<Node> nodes, Set<Value> in, List<Value> out) {
    GraphBuilder builder = Graph.builder();
    Map<Value, Value> own = new HashMap<>();
    in.forEach(value -> own.put(value, builder.input(value.name(), value.type())));
    for (Node node : nodes) {
      List<Value> operands = node.in().stream().map(v -> own(v, own, builder)).toList();
      List<Value> results = builder.add(node.name(), node.op(), operands);
      for (int i = 0; i < results.size(); i++) {
        own.put(node.out().get(i), results.get(i));
      }
    }
    return builder.build(out.stream().map(v -> own(v, own, builder)).toList());
  }

  private Value own(Value value, Map<Value, Value> own, GraphBuilder builder) {
    return own.computeIfAbsent(
        value, v -> builder.constant(v.name(), graph.constant(v).orElseThrow()));
  }
}
