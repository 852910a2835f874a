package dev.axiomml.core.pass;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.ir.GraphReading;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.RewrittenGraph;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.ReorderedOp;
import dev.axiomml.core.op.move.Permute;
import dev.axiomml.core.op.move.Reshape;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Lets axis permutations float down the graph and puts down only those that something needs.
 *
 * <p>A value is read as what is stored and the order in which its axes lie there. An operator with
 * a layout rule works on the stored axes; any other gets its own axes back first.
 */
public final class CancelPermutes implements GraphReading<CancelPermutes.Laid> {
  private final GraphBuilder to = Graph.builder();
  private final Map<String, Value> restored = new HashMap<>();

  private CancelPermutes() {}

  /**
   * A value with its axes in some order.
   *
   * @param stored what is there; its axis {@code i} is the value's axis {@code order.get(i)}
   * @param order the order; rising for a value as it is
   */
  record Laid(Value stored, List<Integer> order) {
    boolean plain() {
      return order.equals(rising(order.size()));
    }

    int[] axes() {
      return order.stream().mapToInt(Integer::intValue).toArray();
    }
  }

  /** The graph with fewer permutations. */
  public static RewrittenGraph apply(Graph graph) {
    CancelPermutes pass = new CancelPermutes();
    List<Laid> in =
        graph.inputs().stream().map(v -> plain(pass.to.input(v.name(), v.type()))).toList();
    Map<Value, Laid> read = graph.readAll(in, pass);
    List<Value> out = graph.outputs().stream().map(v -> pass.restore(laid(read, v))).toList();
    Map<Value, Value> where = new HashMap<>();
    read.forEach((old, laid) -> pass.restored(laid).ifPresent(value -> where.put(old, value)));
    return new RewrittenGraph(pass.to.build(out), where);
  }

  private static Laid laid(Map<Value, Laid> read, Value value) {
    return Objects.requireNonNull(read.get(value), value.name());
  }

  private static Laid plain(Value value) {
    int rank = value.type().isTensor() ? value.type().shape().rank() : 0;
    return new Laid(value, rising(rank));
  }

  @Override
  public Laid constant(Value at, Tensor tensor) {
    return plain(to.constant(at.name(), tensor));
  }

  @Override
  public Laid parameter(Value at, Parameter weight) {
    return plain(to.parameter(weight));
  }

  @Override
  public List<Laid> node(Node at, List<Laid> in) {
    if (!in.isEmpty() && in.stream().allMatch(x -> to.isKnown(x.stored()))) {
      return plain(at, in); // of weights alone: computed once, so that its axes cost nothing
    }
    if (at.op() instanceof Permute permute) {
      return List.of(permuted(in.get(0), permute.order()));
    }
    Optional<Laid> leader = in.stream().filter(x -> !x.plain()).findFirst();
    Optional<ReorderedOp> rule = leader.flatMap(x -> rule(at, in, x));
    if (rule.isEmpty() || (rule.get().weighted() && in.get(0).plain())) {
      return plain(at, in);
    }
    List<Integer> order = leader.get().order();
    List<Integer> after = Arrays.stream(rule.get().order()).boxed().toList();
    List<Value> operands = new ArrayList<>();
    for (Laid x : in) {
      boolean weight = rule.get().weighted() && !operands.isEmpty();
      operands.add(weight ? restore(x) : laid(x, order));
    }
    return to.add(at.name(), rule.get().op(), operands).stream()
        .map(v -> new Laid(v, after))
        .toList();
  }

  /** The node on values with their own axes. */
  private List<Laid> plain(Node at, List<Laid> in) {
    List<Value> operands = in.stream().map(this::restore).toList();
    return to.add(at.name(), at.op(), operands).stream().map(CancelPermutes::plain).toList();
  }

  private static Optional<ReorderedOp> rule(Node at, List<Laid> in, Laid leader) {
    boolean liftable = in.stream().allMatch(x -> x.order().size() <= leader.order().size());
    return at.op().relaid(at.inTypes(), leader.axes()).filter(rule -> liftable || rule.weighted());
  }

  /**
   * The value permuted: its axis {@code i} is axis {@code order[i]} of {@code x}, only the
   * book-keeping changes.
   */
  private static Laid permuted(Laid x, List<Integer> order) {
    return new Laid(x.stored(), x.order().stream().map(order::indexOf).toList());
  }

  /** The value with its axes in their own order. */
  private Value restore(Laid x) {
    return x.plain() ? x.stored() : put(x, rising(x.order().size()));
  }

  /** The same, where something asked for it. */
  private Optional<Value> restored(Laid x) {
    return x.plain()
        ? Optional.of(x.stored())
        : Optional.ofNullable(restored.get(key(x, rising(x.order().size()))));
  }

  private static List<Integer> rising(int rank) {
    return IntStream.range(0, rank).boxed().toList();
  }

  /**
   * The value with its axes in the given order; values of lower rank get leading ones first, single
   * numbers stay.
   */
  private Value laid(Laid x, List<Integer> order) {
    if (x.order().equals(order) || x.order().isEmpty() || !x.stored().type().isTensor()) {
      return x.stored();
    }
    if (x.order().size() == order.size()) {
      return put(x, order);
    }
    Value low = restore(x);
    int missing = order.size() - x.order().size();
    Shape full = new Shape(Collections.nCopies(missing, Dim.ONE)).concat(low.type().shape());
    Value lifted =
        to.constantOf(low).isPresent()
            ? moved(low, p -> p.reshaped(full))
            : to.add(low.name() + ".lifted", new Reshape(full), List.of(low)).get(0);
    return put(plain(lifted), order);
  }

  private Value put(Laid x, List<Integer> order) {
    return restored.computeIfAbsent(key(x, order), key -> permute(x.stored(), moves(x, order)));
  }

  private static List<Integer> moves(Laid x, List<Integer> order) {
    return order.stream().map(x.order()::indexOf).toList();
  }

  private static String key(Laid x, List<Integer> order) {
    return x.stored().id() + "→" + moves(x, order);
  }

  private Value permute(Value value, List<Integer> moves) {
    Permute permute = new Permute(moves);
    if (to.constantOf(value).isPresent()) {
      return moved(value, p -> p.permuted(permute.axes()));
    }
    return trivial(value.type(), permute)
        ? reshaped(value, permute)
        : to.add(value.name() + ".permuted", permute, List.of(value)).get(0);
  }

  /** A known value laid out anew, still a weight where it was one. */
  private Value moved(Value known, UnaryOperator<Parameter> move) {
    Optional<Parameter> weight = to.parameterOf(known);
    Tensor tensor = to.constantOf(known).orElseThrow();
    Parameter moved = move.apply(weight.orElseGet(() -> new Parameter(known.name(), tensor)));
    return weight.isPresent() ? to.parameter(moved) : to.constant(moved.tensor());
  }

  /** Whether only axes of size one change places, so that the elements stay where they are. */
  private static boolean trivial(Type type, Permute permute) {
    List<Integer> moving = new ArrayList<>(permute.order());
    moving.removeIf(axis -> type.shape().dim(axis).equals(Dim.ONE));
    return moving.equals(moving.stream().sorted().toList());
  }

  private Value reshaped(Value value, Permute permute) {
    return to.add(
            value.name() + ".reshaped",
            new Reshape(permute.out(List.of(value.type().shape()))),
            List.of(value))
        .get(0);
  }
}
