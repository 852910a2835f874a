package dev.axiomml.core.pass;

import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Op;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a {@link Term} found so far.
 *
 * @param trace the graph it looks at
 * @param inside the nodes that belong to it
 * @param values values by name
 * @param numbers numbers by name
 */
record Found(
    Trace trace, Set<Node> inside, Map<String, Value> values, Map<String, Double> numbers) {
  Found {
    inside = Set.copyOf(inside);
    values = Map.copyOf(values);
    numbers = Map.copyOf(numbers);
  }

  static Found in(Trace trace) {
    return new Found(trace, Set.of(), Map.of(), Map.of());
  }

  Value value(String name) {
    return find(name).orElseThrow();
  }

  Optional<Value> find(String name) {
    return Optional.ofNullable(values.get(name));
  }

  double number(String name) {
    return Optional.ofNullable(numbers.get(name)).orElseThrow();
  }

  /** The operators of a class that belong to it. */
  <T extends Op> List<T> ops(Class<T> type) {
    return inside.stream().map(Node::op).filter(type::isInstance).map(type::cast).toList();
  }

  Found with(Node node) {
    Set<Node> more = new HashSet<>(inside);
    more.add(node);
    return new Found(trace, more, values, numbers);
  }

  /** Empty where the name already means another value. */
  Optional<Found> with(String name, Value value) {
    Map<String, Value> more = new HashMap<>(values);
    Value known = more.putIfAbsent(name, value);
    return known == null || known.equals(value)
        ? Optional.of(new Found(trace, inside, more, numbers))
        : Optional.empty();
  }

  /** Empty where the name already means another number. */
  Optional<Found> with(String name, double number) {
    Map<String, Double> more = new HashMap<>(numbers);
    Double known = more.putIfAbsent(name, number);
    return known == null || known == number
        ? Optional.of(new Found(trace, inside, values, more))
        : Optional.empty();
  }
}
