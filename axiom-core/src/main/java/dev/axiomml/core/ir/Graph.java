package dev.axiomml.core.ir;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Tensor;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A network: nodes in the order of running, over values that are made once.
 *
 * <p>Immutable. Nothing walks it by hand: {@link #read} and {@link #readAll} go forward with a
 * {@link GraphReading}, {@link #reverse} goes backward with an {@link ReverseReading}. Sizes may be
 * symbolic; {@link #bind} gives them numbers.
 */
public final class Graph {
  private final List<Value> inputs;
  private final List<Node> nodes;
  private final List<Value> outputs;
  private final Map<Value, Tensor> constants;
  private final Map<Value, Parameter> parameters;
  private final GraphEdges edges = new GraphEdges();
  private final List<List<Value>> ended;
  private final int ids;

  Graph(List<Value> inputs, List<Node> nodes, List<Value> outputs, KnownValues known) {
    this.inputs = List.copyOf(inputs);
    this.nodes = List.copyOf(nodes);
    this.outputs = List.copyOf(outputs);
    this.constants = known.constants();
    this.parameters = known.parameters();
    this.ids = 1 + values().mapToInt(Value::id).max().orElse(-1);
    this.constants.keySet().forEach(edges::constant);
    this.nodes.forEach(edges::add);
    this.outputs.forEach(edges::output);
    this.ended = this.nodes.stream().map(edges::endedBy).toList();
  }

  /** A builder for a new graph. */
  public static GraphBuilder builder() {
    return new GraphBuilder();
  }

  /** What the graph is given, in order. */
  public List<Value> inputs() {
    return inputs;
  }

  /** The nodes, in the order of running. */
  public List<Node> nodes() {
    return nodes;
  }

  /** What the graph answers, in order. */
  public List<Value> outputs() {
    return outputs;
  }

  /** The constants, weights among them, in the order in which they were made. */
  public Map<Value, Tensor> constants() {
    return constants;
  }

  /** The tensor of a value that is a constant or a weight. */
  public Optional<Tensor> constant(Value value) {
    return Optional.ofNullable(constants.get(value));
  }

  /** The weight that a value is; empty for constants, inputs and results. */
  public Optional<Parameter> parameter(Value value) {
    return Optional.ofNullable(parameters.get(value));
  }

  /**
   * The weights that a node reads, each once, in the order of its operands; of an operand that is
   * computed of weights, those.
   */
  public List<Parameter> parameters(Node node) {
    return weights(node).stream().flatMap(value -> parameter(value).stream()).toList();
  }

  /**
   * The values that hold a node's weights, each once: parameters, and constants of several numbers
   * that an operand is computed of, as dequantised weights are.
   */
  public List<Value> weights(Node node) {
    return node.in().stream()
        .filter(this::isKnown)
        .flatMap(edges::sources)
        .distinct()
        .filter(v -> parameter(v).isPresent() || (isList(v) && !node.in().contains(v)))
        .toList();
  }

  private static boolean isList(Value value) {
    return value.type().isTensor() && value.type().shape().count() > 1;
  }

  /** How many numbers the weights of a node hold. */
  public long weightCount(Node node) {
    return weights(node).stream().mapToLong(v -> v.type().shape().count()).sum();
  }

  /**
   * Whether a value follows from constants and weights alone, so that every run computes the same.
   */
  public boolean isKnown(Value value) {
    return edges.isKnown(value);
  }

  /** The nodes that compute what depends on inputs; the others are computed of weights alone. */
  public List<Node> layers() {
    return nodes.stream().filter(node -> !node.out().stream().allMatch(this::isKnown)).toList();
  }

  /** The nodes that a value is made by, in the order of running. */
  public Collection<Node> makers(Value value) {
    return edges.makers(value);
  }

  /** The node that makes a value; empty for inputs and constants. */
  public Optional<Node> producer(Value value) {
    return edges.producer(value);
  }

  /** The nodes that read a value, each once, in the order of running. */
  public List<Node> readers(Value value) {
    return edges.readers(value);
  }

  /** The number of operands and of outputs of the graph that are a value. */
  public int uses(Value value) {
    return edges.uses(value);
  }

  /** Every value: inputs, constants, results in the order of running. */
  public Stream<Value> values() {
    return Stream.of(
            inputs.stream(),
            constants.keySet().stream(),
            nodes.stream().flatMap(node -> node.out().stream()))
        .flatMap(values -> values);
  }

  /**
   * The graph of some of the nodes, over the same values: its inputs are what they read of others,
   * its outputs what is read of them elsewhere.
   */
  public Graph part(List<Node> some) {
    Set<Value> made = new LinkedHashSet<>();
    some.forEach(node -> made.addAll(node.out()));
    Set<Value> read = new LinkedHashSet<>();
    some.forEach(node -> read.addAll(node.in()));
    KnownValues own = new KnownValues(constants, parameters).only(read);
    read.removeAll(made);
    read.removeAll(own.constants().keySet());
    List<Value> out = made.stream().filter(v -> edges.isReadOutside(made, v)).toList();
    return new Graph(List.copyOf(read), some, out, own);
  }

  /** The same values and nodes over other tensors of the same types. */
  public Graph withTensors(UnaryOperator<Tensor> change) {
    return new Graph(inputs, nodes, outputs, new KnownValues(constants, parameters).with(change));
  }

  /** Reads forward and answers what the outputs mean; a meaning is dropped after its last use. */
  public <V> List<V> read(List<V> in, GraphReading<V> meaning) {
    ForwardWalk<V> walk = new ForwardWalk<>(this, ids);
    walk.start(in, meaning);
    for (int i = 0; i < nodes.size(); i++) {
      walk.step(nodes.get(i), meaning);
      ended.get(i).forEach(walk::drop);
    }
    return outputs.stream().map(walk::at).toList();
  }

  /** Reads forward and answers what every value means, for a backward walk that needs it. */
  public <V> Map<Value, V> readAll(List<V> in, GraphReading<V> meaning) {
    ForwardWalk<V> walk = new ForwardWalk<>(this, ids);
    walk.start(in, meaning);
    nodes.forEach(node -> walk.step(node, meaning));
    return walk.all();
  }

  /** Reads backward from seeds at any values and answers what arrives at every value it reaches. */
  public <A> Map<Value, A> reverse(Map<Value, A> seeds, ReverseReading<A> adjoint) {
    Map<Value, A> arrived = new HashMap<>(seeds);
    for (int i = nodes.size() - 1; i >= 0; i--) {
      Node node = nodes.get(i);
      List<Optional<A>> out =
          node.out().stream().map(v -> Optional.ofNullable(arrived.get(v))).toList();
      if (out.stream().anyMatch(Optional::isPresent)) {
        spread(node, adjoint.node(node, out), arrived, adjoint);
      }
    }
    constants.forEach(
        (value, tensor) ->
            Optional.ofNullable(arrived.get(value))
                .ifPresent(a -> adjoint.constant(value, tensor, a)));
    return arrived;
  }

  private static <A> void spread(
      Node node, List<Optional<A>> back, Map<Value, A> arrived, ReverseReading<A> adjoint) {
    for (int i = 0; i < back.size(); i++) {
      Value value = node.in().get(i);
      back.get(i).ifPresent(a -> arrived.merge(value, a, adjoint::sum));
    }
  }

  /** This graph with symbols replaced by numbers; symbols that are not named stay. */
  public RewrittenGraph bind(Map<String, Long> sizes) {
    if (sizes.isEmpty()) {
      return RewrittenGraph.same(this);
    }
    return bind(
        symbol ->
            Optional.ofNullable(sizes.get(symbol))
                .map(Dim::of)
                .orElseGet(() -> Dim.symbol(symbol)));
  }

  /** This graph with each symbol replaced by a size; a symbol that stays is answered itself. */
  public RewrittenGraph bind(Function<String, Dim> sizes) {
    return GraphRewrite.of(this, new SymbolBinding(sizes));
  }

  /**
   * The sizes of the symbols for given input types.
   *
   * @throws ShapeException when an input does not fit its declared shape
   */
  public Map<String, Long> symbolsFor(List<dev.axiomml.core.tensor.Type> actual) {
    Map<String, Long> sizes = new TreeMap<>();
    if (actual.size() != inputs.size()) {
      throw new ShapeException(
          new Diagnosis(
              actual.size() + " inputs given",
              "",
              "the model takes " + inputs.size() + ": " + inputs.stream().map(Value::name).toList(),
              "pass one tensor for each input"));
    }
    for (int i = 0; i < inputs.size(); i++) {
      InputMatching.symbols(inputs.get(i), actual.get(i), sizes);
    }
    return sizes;
  }

  /** One line a node. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    inputs.forEach(
        value ->
            text.append("input  ")
                .append(value.name())
                .append(": ")
                .append(value.type())
                .append('\n'));
    for (Node node : nodes) {
      text.append(node.name()).append(" = ").append(node.op().title());
      text.append(node.in().stream().map(Value::name).toList())
          .append(": ")
          .append(node.out().get(0).type())
          .append('\n');
    }
    return text + "output " + outputs.stream().map(Value::name).toList();
  }
}
