package dev.axiomml.core.pass;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.ir.GraphReading;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.ScalarOp;
import dev.axiomml.core.op.linear.Dense;
import dev.axiomml.core.op.move.Permute;
import dev.axiomml.core.op.move.Reshape;
import dev.axiomml.core.tensor.IndexWalk;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.TensorMemory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Flattens images in the order in which they are stored and permutes the rows of the dense layer
 * that follows, instead of permuting the image.
 *
 * <p>A permutation before a reshape that merges the permuted axes into the last one is left out; so
 * the features come in another order, functions of single elements keep it, a dense layer takes it
 * back with its weight. Anything else gets the features in their own order.
 */
public final class FlattenOrder implements GraphReading<FlattenOrder.Features> {
  private final GraphBuilder to = Graph.builder();

  private FlattenOrder() {}

  /**
   * A value with, perhaps, its features in another order.
   *
   * @param plain the value as it is, put down when something asks for it
   * @param mixed the value with its features mixed
   */
  record Features(Supplier<Value> plain, Optional<Mixed> mixed) {}

  /** Features in another order: feature {@code i} is the stored feature {@code at[i]}. */
  private record Mixed(Value stored, int[] at) {
    /** The same order after a node on the stored features. */
    Mixed with(Value other) {
      return new Mixed(other, at);
    }
  }

  /** The graph with fewer permutations. */
  public static Graph apply(Graph graph) {
    FlattenOrder pass = new FlattenOrder();
    List<Features> in =
        graph.inputs().stream().map(v -> plain(pass.to.input(v.name(), v.type()))).toList();
    return pass.to.build(graph.read(in, pass).stream().map(x -> x.plain().get()).toList());
  }

  private static Features plain(Value value) {
    return new Features(() -> value, Optional.empty());
  }

  @Override
  public Features constant(Value at, Tensor tensor) {
    return plain(to.constant(at.name(), tensor));
  }

  @Override
  public List<Features> node(Node at, List<Features> in) {
    Optional<Mixed> mixed = in.stream().findFirst().flatMap(Features::mixed);
    if (at.op() instanceof Reshape reshape && mixed.isEmpty()) {
      Value value = in.get(0).plain().get();
      return List.of(new Features(later(at, in), unpermuted(at.name(), reshape, value)));
    }
    if (at.op() instanceof ScalarOp && mixed.isPresent()) {
      Value stored = to.add(at.name(), at.op(), List.of(mixed.get().stored())).get(0);
      return List.of(new Features(later(at, in), Optional.of(mixed.get().with(stored))));
    }
    if (at.op() instanceof Dense dense && mixed.isPresent()) {
      Dense rows = new Dense(rows(dense.weightMatrix(), mixed.get().at()), dense.bias());
      return List.of(plain(to.add(at.name(), rows, List.of(mixed.get().stored())).get(0)));
    }
    List<Value> operands = in.stream().map(x -> x.plain().get()).toList();
    return to.add(at.name(), at.op(), operands).stream().map(FlattenOrder::plain).toList();
  }

  /** The node on values as they are, put down once, when it is asked for. */
  private Supplier<Value> later(Node at, List<Features> in) {
    List<Value> made = new ArrayList<>();
    return () -> {
      if (made.isEmpty()) {
        List<Value> operands = in.stream().map(x -> x.plain().get()).toList();
        made.add(to.add(at.name(), at.op(), operands).get(0));
      }
      return made.get(0);
    };
  }

  /** The reshape of what a permutation was made from, where it merges all that moved. */
  private Optional<Mixed> unpermuted(String name, Reshape reshape, Value value) {
    Optional<Node> producer = to.producer(value).filter(node -> node.op() instanceof Permute);
    if (producer.isEmpty()) {
      return Optional.empty();
    }
    Permute permute = (Permute) producer.get().op();
    Shape shape = value.type().shape();
    int lead = reshape.to().rank() - 1;
    boolean flattens = lead >= 0 && lead < shape.rank() && shape.sub(lead, shape.rank()).isFixed();
    for (int axis = 0; flattens && axis < lead; axis++) {
      flattens = permute.axes()[axis] == axis && reshape.to().dim(axis).equals(shape.dim(axis));
    }
    if (!flattens) {
      return Optional.empty();
    }
    Value source = producer.get().in().get(0);
    Value stored = to.add(name, reshape, List.of(source)).get(0);
    return Optional.of(new Mixed(stored, order(source.type().shape(), permute.axes(), lead)));
  }

  /** For each feature of the permuted image, its place in the image as it is stored. */
  private static int[] order(Shape source, int[] axes, int lead) {
    Shape image = source.sub(lead, source.rank());
    int[] moved = IntStream.range(lead, axes.length).map(i -> axes[i] - lead).toArray();
    int[] strides = image.strides();
    int[] steps = Arrays.stream(moved).map(axis -> strides[axis]).toArray();
    return IndexWalk.walk(image.permuted(moved).sizes(), steps);
  }

  /** The weight with the row of each feature where the feature is stored. */
  private static Parameter rows(Parameter weight, int[] at) {
    Shape shape = weight.tensor().shape();
    int columns = shape.size(1);
    int[] from = new int[at.length * columns];
    for (int i = 0; i < from.length; i++) {
      from[at[i / columns] * columns + i % columns] = i;
    }
    return weight.with(TensorMemory.gather(weight.tensor(), shape, from));
  }
}
