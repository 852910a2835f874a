package dev.axiomml.backend.jni;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
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
    Set<Value> made = new HashSet<>();
    nodes.forEach(node -> made.addAll(node.out()));
    Set<Value> in = new LinkedHashSet<>();
    nodes.forEach(
        node ->
            node.in().stream()
                .filter(v -> !made.contains(v) && graph.constant(v).isEmpty())
                .forEach(in::add));
    Set<Value> out = new LinkedHashSet<>(graph.outputs());
    graph.nodes().stream().filter(n -> !nodes.contains(n)).forEach(n -> out.addAll(n.in()));
    out.retainAll(made);
    return new Stretch(part(nodes, in, out), List.copyOf(in), List.copyOf(out));
  }

  private Graph part(List<Node> nodes, Set<Value> in, Set<Value> out) {
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
