package dev.axiomml.core.ir;

import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.OpEmitter;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Puts a graph together, checking every step as it is added; used once, by one thread. */
public final class GraphBuilder implements OpEmitter<Value> {
  private final List<Value> inputs = new ArrayList<>();
  private final List<Node> nodes = new ArrayList<>();
  private final Map<Value, Tensor> constants = new LinkedHashMap<>();
  private final Map<Value, Parameter> parameters = new LinkedHashMap<>();
  private final IdentityHashMap<Tensor, Value> pooled = new IdentityHashMap<>();
  private final GraphEdges edges = new GraphEdges();
  private final Set<String> names = new HashSet<>();
  private final Set<String> pinned = new HashSet<>();
  private final Map<String, Integer> counters = new HashMap<>();
  private final Deque<String> scopes = new ArrayDeque<>();
  private int values;

  GraphBuilder() {}

  /** A new input. */
  public Value input(String name, Type type) {
    Value value = value(unique(name), type);
    inputs.add(value);
    return value;
  }

  /** A constant; the same tensor object is held once. */
  @Override
  public Value constant(Tensor tensor) {
    return pooled.computeIfAbsent(tensor, t -> constant("constant", t));
  }

  /** A constant of a name. */
  public Value constant(String name, Tensor tensor) {
    Value value = value(unique(name), tensor.type());
    constants.put(value, tensor);
    edges.constant(value);
    return value;
  }

  /** A weight; the same tensor object of one name is held once. */
  @Override
  public Value parameter(Parameter weight) {
    Value known = pooled.get(weight.tensor());
    if (known != null && weight.equals(parameters.get(known))) {
      return known;
    }
    Value value = constant(weight.name(), weight.tensor());
    parameters.put(value, weight);
    pooled.put(weight.tensor(), value);
    return value;
  }

  /** A weight that was computed of others and has no name of its own. */
  public Value computed(Tensor weight) {
    Value value = constant(weight);
    parameters.putIfAbsent(value, new Parameter(value.name(), weight));
    return value;
  }

  /** The weight that a value is; empty for any other. */
  public Optional<Parameter> parameterOf(Value value) {
    return Optional.ofNullable(parameters.get(value));
  }

  /** A node named after its operator. */
  @Override
  public List<Value> emit(Op op, List<Value> in) {
    return add(op.title().toLowerCase(Locale.ROOT), op, in);
  }

  /**
   * A node; the name is put below the open scopes and made unique with a number.
   *
   * @throws ShapeException when the operands do not fit, with the node's place in it
   */
  public List<Value> add(String name, Op op, List<Value> in) {
    String path = unique(scoped(name));
    List<Type> types;
    try {
      types = op.infer(in.stream().map(Value::type).toList());
    } catch (ShapeException e) {
      throw new ShapeException(e.diagnosis().at(path), e);
    }
    List<Value> out = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      out.add(value(i == 0 ? path : unique(path + "." + i), types.get(i)));
    }
    Node node = new Node(nodes.size(), path, op, in, out);
    nodes.add(node);
    edges.add(node);
    return List.copyOf(out);
  }

  /** Whether a value follows from constants and weights alone. */
  public boolean isKnown(Value value) {
    return edges.isKnown(value);
  }

  /** The nodes that a value is made by, in the order of running. */
  public Collection<Node> makers(Value value) {
    return edges.makers(value);
  }

  /**
   * Holds the weights that a value follows from to their numbers, which decided what the graph is:
   * others are refused for them.
   */
  public void pin(Value value) {
    edges.sources(value).forEach(source -> parameterOf(source).ifPresent(this::pin));
  }

  private void pin(Parameter weight) {
    pinned.add(weight.name());
  }

  /** The node that made a value; empty for inputs and constants. */
  public Optional<Node> producer(Value value) {
    return edges.producer(value);
  }

  /** The tensor of a value that is a constant. */
  public Optional<Tensor> constantOf(Value value) {
    return Optional.ofNullable(constants.get(value));
  }

  /** Names of the nodes that follow are below this one, until {@link #leave}. */
  public void enter(String scope) {
    scopes.addLast(scope);
  }

  /** Ends the innermost scope. */
  public void leave() {
    scopes.removeLast();
  }

  @Override
  public Type type(Value value) {
    return value.type();
  }

  /** The graph of everything that the outputs need; inputs stay even when unused. */
  public Graph build(List<Value> outputs) {
    Set<Value> needed = new HashSet<>(outputs);
    for (int i = nodes.size() - 1; i >= 0; i--) {
      Node node = nodes.get(i);
      if (node.out().stream().anyMatch(needed::contains)) {
        needed.addAll(node.in());
      }
    }
    List<Node> kept = new ArrayList<>();
    for (Node node : nodes) {
      if (node.out().stream().anyMatch(needed::contains)) {
        kept.add(new Node(kept.size(), node.name(), node.op(), node.in(), node.out()));
      }
    }
    parameters.replaceAll((value, p) -> pinned.contains(p.name()) ? p.pinned() : p);
    return new Graph(inputs, kept, outputs, new KnownValues(constants, parameters).only(needed));
  }

  private String scoped(String name) {
    return scopes.isEmpty() ? name : String.join(".", scopes) + "." + name;
  }

  private Value value(String name, Type type) {
    return new Value(values++, name, type);
  }

  private String unique(String name) {
    if (names.add(name)) {
      return name;
    }
    String next;
    do {
      next = name + "_" + counters.merge(name, 1, Integer::sum);
    } while (!names.add(next));
    return next;
  }
}
