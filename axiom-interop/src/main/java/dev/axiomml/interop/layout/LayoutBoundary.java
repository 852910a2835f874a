package dev.axiomml.interop.layout;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphRewrite;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.model.Layout;
import dev.axiomml.core.op.move.Permute;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Finds out which inputs and outputs have channels, and turns those channels-last.
 *
 * <p>An input has channels where a spatial operator takes it, directly or through operators that
 * keep its axes; an output where a spatial operator makes it likewise.
 */
public final class LayoutBoundary {
  private final Graph graph;
  private final Set<Value> taken = new HashSet<>();
  private final Set<Value> made = new HashSet<>();

  /**
   * One input or output.
   *
   * @param name what it is called in the file
   * @param spatial whether its axes are batch, channels and spatial ones
   * @param channelsLast whether the channels are the last of them here
   */
  public record End(String name, boolean spatial, boolean channelsLast) {
    /** A type of this port, with its axes in the file's order. */
    public Type inFileOrder(Type type) {
      return channelsLast ? first(type) : type;
    }

    /** A type of the file, with the axes of this port. */
    public Type inModelOrder(Type type) {
      return channelsLast ? last(type) : type;
    }
  }

  static Type first(Type type) {
    int[] order = ints(AxisOrders.toChannelsFirst(type.shape().rank()));
    return Type.of(type.shape().permuted(order), type.dtype());
  }

  private static Type last(Type type) {
    int[] order = ints(AxisOrders.toChannelsLast(type.shape().rank()));
    return Type.of(type.shape().permuted(order), type.dtype());
  }

  private static int[] ints(List<Integer> order) {
    return order.stream().mapToInt(Integer::intValue).toArray();
  }

  /** A graph, and what its ports are called and mean. */
  public record Turned(Graph graph, List<End> inputs, List<End> outputs) {
    /** Copies the lists. */
    public Turned {
      inputs = List.copyOf(inputs);
      outputs = List.copyOf(outputs);
    }
  }

  /** Looks at a graph whose spatial operators have stated what they know. */
  public LayoutBoundary(Graph graph, SpatialValues spatial) {
    this.graph = graph;
    List<Node> nodes = graph.nodes();
    graph.inputs().stream().filter(spatial::isTaken).forEach(taken::add);
    for (int i = nodes.size() - 1; i >= 0; i--) {
      backward(nodes.get(i), spatial);
    }
    nodes.forEach(node -> forward(node, spatial));
  }

  private void backward(Node node, SpatialValues spatial) {
    Value out = node.out().get(0);
    if (spatial.isTaken(out) || taken.contains(out)) {
      taken.add(out);
      node.in().stream().filter(in -> keeps(node, in)).forEach(taken::add);
    }
  }

  private void forward(Node node, SpatialValues spatial) {
    Value out = node.out().get(0);
    boolean passed = node.in().stream().anyMatch(in -> made.contains(in) && keeps(node, in));
    if (spatial.isMade(out) || passed) {
      made.add(out);
    }
  }

  /** Whether a node's result has the axes of an operand in their order. */
  private static boolean keeps(Node node, Value in) {
    Type from = in.type();
    Type to = node.out().get(0).type();
    if (node.op() instanceof Permute || !from.isTensor() || !to.isTensor()) {
      return false;
    }
    int rank = from.shape().rank();
    int[] order = ints(AxisOrders.toChannelsLast(Math.max(3, rank)));
    return rank >= 3
        && rank == to.shape().rank()
        && node.op()
            .relaid(node.inTypes(), order)
            .filter(relaid -> java.util.Arrays.equals(relaid.order(), order))
            .isPresent();
  }

  /** The graph with its boundary in a layout. */
  public Turned turned(List<String> outputNames, Layout layout) {
    boolean turn = layout == Layout.CHANNELS_LAST;
    List<End> outputs = new ArrayList<>();
    for (int i = 0; i < outputNames.size(); i++) {
      boolean spatial = made.contains(graph.outputs().get(i));
      outputs.add(new End(outputNames.get(i), spatial, spatial && turn));
    }
    List<End> inputs =
        graph.inputs().stream()
            .map(v -> new End(v.name(), taken.contains(v), turn && taken.contains(v)))
            .toList();
    return turned(graph, inputs, outputs);
  }

  /** A graph with axes in the file's order, turned as its ports say. */
  public static Turned turned(Graph graph, List<End> inputs, List<End> outputs) {
    Set<Value> last =
        IntStream.range(0, inputs.size())
            .filter(i -> inputs.get(i).channelsLast())
            .mapToObj(graph.inputs()::get)
            .collect(Collectors.toSet());
    boolean any = !last.isEmpty() || outputs.stream().anyMatch(End::channelsLast);
    Graph turned = any ? GraphRewrite.of(graph, new Turning(last, outputs)).graph() : graph;
    return new Turned(turned, inputs, outputs);
  }

  /** Copies the graph behind permutes at some inputs and in front of permutes at some outputs. */
  private static final class Turning extends GraphRewrite {
    private final Set<Value> inputs;
    private final List<End> ends;

    Turning(Set<Value> inputs, List<End> ends) {
      this.inputs = inputs;
      this.ends = ends;
    }

    @Override
    protected Value input(Value at) {
      if (!inputs.contains(at)) {
        return super.input(at);
      }
      Shape shape = at.type().shape();
      Value given = to().input(at.name(), last(at.type()));
      return to().add(
              at.name() + ".channels_first",
              new Permute(AxisOrders.toChannelsFirst(shape.rank())),
              List.of(given))
          .get(0);
    }

    @Override
    protected List<Value> outputs(List<Value> out) {
      return IntStream.range(0, out.size())
          .mapToObj(i -> ends.get(i).channelsLast() ? channelsLast(out.get(i)) : out.get(i))
          .toList();
    }

    private Value channelsLast(Value value) {
      Permute permute = new Permute(AxisOrders.toChannelsLast(value.type().shape().rank()));
      return to().add(value.name() + ".channels_last", permute, List.of(value)).get(0);
    }

    @Override
    protected List<Value> node(Node at, List<Value> in) {
      return copy(at, in);
    }
  }
}
