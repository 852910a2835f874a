package dev.axiomml.core.ir;

import dev.axiomml.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The state of a forward reading. */
final class ForwardWalk<V> {
  private final Graph graph;
  private final List<@Nullable V> meanings;

  ForwardWalk(Graph graph, int values) {
    this.graph = graph;
    this.meanings = new ArrayList<>(Collections.nCopies(values, null));
  }

  void start(List<V> in, GraphReading<V> meaning) {
    if (in.size() != graph.inputs().size()) {
      throw new IllegalArgumentException(
          graph.inputs().size() + " inputs, but " + in.size() + " meanings");
    }
    for (int i = 0; i < in.size(); i++) {
      meanings.set(graph.inputs().get(i).id(), in.get(i));
    }
    graph
        .constants()
        .forEach((value, tensor) -> meanings.set(value.id(), known(value, tensor, meaning)));
  }

  private V known(Value value, Tensor tensor, GraphReading<V> meaning) {
    return graph
        .parameter(value)
        .map(weight -> meaning.parameter(value, weight))
        .orElseGet(() -> meaning.constant(value, tensor));
  }

  void step(Node node, GraphReading<V> meaning) {
    List<V> out = meaning.node(node, node.in().stream().map(this::at).toList());
    if (out.size() != node.out().size()) {
      throw new IllegalStateException(
          node.name() + " has " + node.out().size() + " results, the reading made " + out.size());
    }
    for (int i = 0; i < out.size(); i++) {
      meanings.set(node.out().get(i).id(), out.get(i));
    }
  }

  V at(Value value) {
    return Objects.requireNonNull(meanings.get(value.id()), value.name());
  }

  void drop(Value value) {
    meanings.set(value.id(), null);
  }

  Map<Value, V> all() {
    Map<Value, V> all = new HashMap<>();
    graph.values().forEach(value -> all.put(value, at(value)));
    return all;
  }
}
