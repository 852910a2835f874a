package dev.axiomml.core.ir;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A graph that a rewrite made of another, and what became of the other's values.
 *
 * @param graph the new graph
 * @param where for values of the other graph the value of the new one that means the same; those
 *     that the new graph does not compute are absent
 */
public record RewrittenGraph(Graph graph, Map<Value, Value> where) {
  /** Keeps the entries whose new value the graph has. */
  public RewrittenGraph {
    Map<Value, Value> kept = new HashMap<>(where);
    kept.values().retainAll(graph.values().collect(Collectors.toSet()));
    where = Map.copyOf(kept);
  }

  /** A graph as it is: every value is itself. */
  public static RewrittenGraph same(Graph graph) {
    return new RewrittenGraph(
        graph, graph.values().collect(Collectors.toMap(Function.identity(), Function.identity())));
  }

  /** What a value of the other graph became; empty where the new graph does not compute it. */
  public Optional<Value> find(Value value) {
    return Optional.ofNullable(where.get(value));
  }

  /** This rewrite and one of its graph as one. */
  public RewrittenGraph then(RewrittenGraph next) {
    Map<Value, Value> through = new HashMap<>();
    where.forEach((old, value) -> next.find(value).ifPresent(last -> through.put(old, last)));
    return new RewrittenGraph(next.graph, through);
  }
}
