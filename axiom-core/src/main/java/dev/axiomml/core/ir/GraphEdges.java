package dev.axiomml.core.ir;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The edges between the nodes of a graph, kept as nodes are added in the order of running. */
final class GraphEdges {
  private final Map<Value, Node> producers = new HashMap<>();
  private final Map<Value, List<Node>> readers = new HashMap<>();
  private final Map<Value, Integer> uses = new HashMap<>();
  private final Set<Value> outputs = new HashSet<>();
  private final Set<Value> known = new HashSet<>();

  void constant(Value value) {
    known.add(value);
  }

  void add(Node node) {
    if (!node.in().isEmpty() && known.containsAll(node.in())) {
      known.addAll(node.out());
    }
    node.out().forEach(value -> producers.put(value, node));
    node.in().forEach(value -> uses.merge(value, 1, Integer::sum));
    node.in().stream()
        .distinct()
        .forEach(value -> readers.computeIfAbsent(value, v -> new ArrayList<>()).add(node));
  }

  void output(Value value) {
    outputs.add(value);
    uses.merge(value, 1, Integer::sum);
  }

  /** Whether a value follows from constants and weights alone. */
  boolean isKnown(Value value) {
    return known.contains(value);
  }

  /** The nodes that a value is made by, in the order of running. */
  Collection<Node> makers(Value value) {
    Map<Integer, Node> makers = new TreeMap<>();
    Deque<Value> open = new ArrayDeque<>(List.of(value));
    while (!open.isEmpty()) {
      Node node = producers.get(open.pop());
      if (node != null && makers.put(node.id(), node) == null) {
        open.addAll(node.in());
      }
    }
    return makers.values();
  }

  /** The inputs, constants and weights that a value follows from. */
  Stream<Value> sources(Value value) {
    return Stream.concat(
            Stream.of(value), makers(value).stream().flatMap(node -> node.in().stream()))
        .filter(source -> !producers.containsKey(source))
        .distinct();
  }

  Optional<Node> producer(Value value) {
    return Optional.ofNullable(producers.get(value));
  }

  List<Node> readers(Value value) {
    return Collections.unmodifiableList(readers.getOrDefault(value, List.of()));
  }

  int uses(Value value) {
    return uses.getOrDefault(value, 0);
  }

  /** Whether an output of the graph is a value, or a node reads it that makes none of these. */
  boolean isReadOutside(Set<Value> made, Value value) {
    return outputs.contains(value)
        || readers(value).stream().anyMatch(reader -> !made.containsAll(reader.out()));
  }

  /** The operands and results of a node that nothing reads after it. */
  List<Value> endedBy(Node node) {
    return Stream.concat(node.in().stream(), node.out().stream())
        .filter(value -> endsAt(node, value))
        .toList();
  }

  private boolean endsAt(Node node, Value value) {
    List<Node> all = readers(value);
    return !outputs.contains(value) && (all.isEmpty() || all.get(all.size() - 1).equals(node));
  }
}
