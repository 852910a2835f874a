package dev.axiomml.core.pass;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where the values of a graph come from and who reads them. */
final class ValueTrace {
  private final Graph graph;
  private final Map<Value, Node> makers = new HashMap<>();
  private final Map<Value, List<Node>> readers = new HashMap<>();
  private final Set<Value> outputs;

  ValueTrace(Graph graph) {
    this.graph = graph;
    this.outputs = new HashSet<>(graph.outputs());
    for (Node node : graph.nodes()) {
      node.out().forEach(value -> makers.put(value, node));
      node.in().forEach(v -> readers.computeIfAbsent(v, k -> new ArrayList<>()).add(node));
    }
  }

  /** The node that makes a value; empty for inputs and constants. */
  Optional<Node> maker(Value value) {
    return Optional.ofNullable(makers.get(value));
  }

  Optional<Tensor> constant(Value value) {
    return graph.constant(value);
  }

  /** Whether nobody but these nodes reads what they make, the last of them left out. */
  boolean closed(Set<Node> inside, Node last) {
    return inside.stream()
        .filter(node -> !node.equals(last))
        .flatMap(node -> node.out().stream())
        .allMatch(v -> !outputs.contains(v) && inside.containsAll(read(v)));
  }

  private List<Node> read(Value value) {
    return readers.getOrDefault(value, List.of());
  }
}
