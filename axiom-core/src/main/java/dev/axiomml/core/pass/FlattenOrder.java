package dev.axiomml.core.pass;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.ir.GraphReading;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.RewrittenGraph;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.ScalarOp;
import dev.axiomml.core.op.linear.Dense;
import dev.axiomml.core.op.move.Permute;
import dev.axiomml.core.op.move.Reshape;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.TensorMemory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Flattens images in the order in which they are stored and permutes the rows of the dense layer
 * that follows, instead of permuting the image.
 *
 * <p>A permutation before a reshape that merges the permuted axes into the last one is left out; so
 * the features come in another order, functions of single elements keep it, a dense layer takes it
 * back with its weight. Anything else gets the features in their own order.
 */
public final class FlattenOrder implements GraphReading<Optional<FlattenOrder.Mixed>> {
  private final GraphBuilder to = Graph.builder();
  private final Graph graph;
  private final Map<Value, Value> where = new HashMap<>();

  private FlattenOrder(Graph graph) {
    this.graph = graph;
  }

  /**
   * Features in another order: those of an image, stored with the axes in another order.
   *
   * @param image the features in their own order
   * @param moved axis {@code i} of the image is axis {@code moved[i]} of what is stored
   */
  record Mixed(Value stored, Shape image, int[] moved) {
    /** The same order after a node on the stored features. */
    Mixed with(Value other) {
      return new Mixed(other, image, moved);
    }
  }

  /** The graph with fewer permutations. */
  public static RewrittenGraph apply(Graph graph) {
    FlattenOrder pass = new FlattenOrder(graph);
    graph.inputs().forEach(v -> pass.where.put(v, pass.to.input(v.name(), v.type())));
    graph.read(Collections.nCopies(graph.inputs().size(), Optional.empty()), pass);
    List<Value> out = graph.outputs().stream().map(pass::plain).toList();
    return new RewrittenGraph(pass.to.build(out), pass.where);
  }

  @Override
  public Optional<Mixed> constant(Value at, Tensor tensor) {
    where.put(at, to.constant(at.name(), tensor));
    return Optional.empty();
  }

  @Override
  public Optional<Mixed> parameter(Value at, Parameter weight) {
    where.put(at, to.parameter(weight));
    return Optional.empty();
  }

  @Override
  public List<Optional<Mixed>> node(Node at, List<Optional<Mixed>> in) {
    Optional<Mixed> mixed = in.stream().findFirst().flatMap(first -> first);
    if (at.op() instanceof Reshape reshape && mixed.isEmpty()) {
      plain(at.in().get(0));
      return List.of(unpermuted(at, reshape));
    }
    if (at.op() instanceof ScalarOp && mixed.isPresent()) {
      Value stored = to.add(at.name(), at.op(), List.of(mixed.get().stored())).get(0);
      return List.of(Optional.of(mixed.get().with(stored)));
    }
    if (at.op() instanceof Dense && mixed.isPresent() && isKnown(at.in().get(1))) {
      List<Value> operands = new ArrayList<>(at.in().stream().skip(1).map(this::plain).toList());
      operands.set(0, rows(operands.get(0), mixed.get()));
      operands.add(0, mixed.get().stored());
      emit(at, at.op(), operands);
    } else {
      emit(at, at.op(), at.in().stream().map(this::plain).toList());
    }
    return Collections.nCopies(at.out().size(), Optional.empty());
  }

  private void emit(Node at, Op op, List<Value> in) {
    List<Value> out = to.add(at.name(), op, in);
    for (int i = 0; i < out.size(); i++) {
      where.put(at.out().get(i), out.get(i));
    }
  }

  /** A value with its features in their own order, emitted when something asks for it. */
  private Value plain(Value value) {
    if (!where.containsKey(value)) {
      Node node = graph.producer(value).orElseThrow();
      emit(node, node.op(), node.in().stream().map(this::plain).toList());
    }
    return Objects.requireNonNull(where.get(value), value.name());
  }

  /** The reshape of what a permutation was made from, where it merges all that moved. */
  private Optional<Mixed> unpermuted(Node at, Reshape reshape) {
    Value value = at.in().get(0);
    Optional<Node> moved = graph.producer(value).filter(node -> node.op() instanceof Permute);
    if (moved.isEmpty()) {
      return Optional.empty();
    }
    Permute permute = (Permute) moved.get().op();
    Shape shape = value.type().shape();
    int lead = reshape.to().rank() - 1;
    boolean flattens = lead >= 0 && lead < shape.rank() && shape.sub(lead, shape.rank()).isFixed();
    for (int axis = 0; flattens && axis < lead; axis++) {
      flattens = permute.axes()[axis] == axis && reshape.to().dim(axis).equals(shape.dim(axis));
    }
    if (!flattens) {
      return Optional.empty();
    }
    Value source = plain(moved.get().in().get(0));
    Value stored = to.add(at.name(), reshape, List.of(source)).get(0);
    int from = lead;
    int[] axes = IntStream.range(from, shape.rank()).map(i -> permute.axes()[i] - from).toArray();
    return Optional.of(new Mixed(stored, shape.sub(lead, shape.rank()), axes));
  }

  private boolean isKnown(Value weight) {
    return graph.constant(weight).isPresent();
  }

  /** The weight with the row of each feature where the feature is stored. */
  private Value rows(Value weight, Mixed mixed) {
    Tensor tensor = to.constantOf(weight).orElseThrow();
    Shape shape = tensor.shape();
    int last = mixed.moved().length;
    int[] back = new int[last + 1];
    for (int axis = 0; axis < last; axis++) {
      back[mixed.moved()[axis]] = axis;
    }
    back[last] = last;
    Tensor image = tensor.reshape(mixed.image().concat(shape.sub(1, 2)));
    Tensor rows = TensorMemory.permutedView(image, back).reshape(shape);
    return to.parameterOf(weight)
        .map(p -> to.parameter(p.with(rows)))
        .orElseGet(() -> to.constant(rows));
  }
}
