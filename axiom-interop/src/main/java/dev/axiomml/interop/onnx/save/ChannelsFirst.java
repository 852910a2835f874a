package dev.axiomml.interop.onnx.save;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.ReverseReading;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.layout.AxisOrders;
import dev.axiomml.interop.onnx.save.rules.WindowRows;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The values that spatial operators take, directly or behind operators that keep their axes: those
 * that the loader will turn.
 */
final class ChannelsFirst implements ReverseReading<Boolean> {
  private final Map<Value, Boolean> taken;

  private ChannelsFirst(Graph graph) {
    Map<Value, Boolean> seeds = new HashMap<>();
    graph.nodes().stream()
        .filter(node -> WindowRows.isSpatial(node.op()))
        .forEach(node -> seeds.put(node.in().get(0), true));
    this.taken = graph.reverse(seeds, this);
  }

  static ChannelsFirst of(Graph graph) {
    return new ChannelsFirst(graph);
  }

  /** Whether a spatial operator takes the value. */
  boolean takes(Value value) {
    return taken.getOrDefault(value, false);
  }

  @Override
  public Boolean sum(Boolean first, Boolean second) {
    return first || second;
  }

  @Override
  public List<Optional<Boolean>> node(Node at, List<Optional<Boolean>> out) {
    return at.in().stream()
        .map(in -> keeps(at, in) ? out.get(0) : Optional.<Boolean>empty())
        .toList();
  }

  private static boolean keeps(Node node, Value in) {
    Type from = in.type();
    Type to = node.out().get(0).type();
    boolean alike =
        from.isTensor()
            && to.isTensor()
            && from.shape().rank() > 2
            && from.shape().rank() == to.shape().rank();
    if (!alike || WindowRows.isSpatial(node.op())) {
      return false;
    }
    int[] order =
        AxisOrders.toChannelsFirst(from.shape().rank()).stream().mapToInt(i -> i).toArray();
    return node.op()
        .relaid(node.inTypes(), order)
        .filter(relaid -> Arrays.equals(relaid.order(), order))
        .isPresent();
  }
}
