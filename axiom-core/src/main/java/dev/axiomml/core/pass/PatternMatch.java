package dev.axiomml.core.pass;

import dev.axiomml.core.ir.Graph;
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
 * What a {@link OpPattern} found so far.
 *
 * @param graph the graph it looks at
 * @param known its numbers that are known
 * @param read the values whose numbers belong to it
 * @param inside the nodes that belong to it
 * @param values values by name
 * @param numbers numbers by name
 */
record PatternMatch(
    Graph graph,
    KnownNumbers known,
    Set<Value> read,
    Set<Node> inside,
    Map<String, Value> values,
    Map<String, Double> numbers) {
  PatternMatch {
    read = Set.copyOf(read);
    inside = Set.copyOf(inside);
    values = Map.copyOf(values);
    numbers = Map.copyOf(numbers);
  }

  static PatternMatch in(Graph graph) {
    KnownNumbers known = new KnownNumbers(graph::makers, graph::constant);
    return new PatternMatch(graph, known, Set.of(), Set.of(), Map.of(), Map.of());
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

  /** Whether nothing else reads what these nodes make, the last of them left out. */
  boolean isClosed(Node last) {
    return inside.stream()
        .filter(node -> !node.equals(last))
        .flatMap(node -> node.out().stream())
        .allMatch(this::isReadInside);
  }

  private boolean isReadInside(Value value) {
    return graph.uses(value)
        == inside.stream().flatMap(node -> node.in().stream()).filter(value::equals).count();
  }

  /** The only number of a value that is known. */
  Optional<Double> only(Value value) {
    boolean one = graph.isKnown(value) && value.type().isTensor() && value.type().shape().isFixed();
    return one && value.type().shape().count() == 1
        ? Optional.of(known.of(value).doubleAt(0))
        : Optional.empty();
  }

  /** With the number of a value, as which the formula has it. */
  PatternMatch with(Value number) {
    Set<Value> more = new HashSet<>(read);
    more.add(number);
    return new PatternMatch(graph, known, more, inside, values, numbers);
  }

  PatternMatch with(Node node) {
    Set<Node> more = new HashSet<>(inside);
    more.add(node);
    return new PatternMatch(graph, known, read, more, values, numbers);
  }

  /** Empty where the name already means another value. */
  Optional<PatternMatch> with(String name, Value value) {
    Map<String, Value> more = new HashMap<>(values);
    Value before = more.putIfAbsent(name, value);
    return before == null || before.equals(value)
        ? Optional.of(new PatternMatch(graph, known, read, inside, more, numbers))
        : Optional.empty();
  }

  /** Empty where the name already means another number. */
  Optional<PatternMatch> with(String name, double number) {
    Map<String, Double> more = new HashMap<>(numbers);
    Double before = more.putIfAbsent(name, number);
    return before == null || before == number
        ? Optional.of(new PatternMatch(graph, known, read, inside, values, more))
        : Optional.empty();
  }
}
