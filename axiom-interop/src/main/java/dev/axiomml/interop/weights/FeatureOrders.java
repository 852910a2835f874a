package dev.axiomml.interop.weights;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphReading;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Port;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.ScalarOp;
import dev.axiomml.core.op.linear.Conv;
import dev.axiomml.core.op.linear.ConvTranspose;
import dev.axiomml.core.op.linear.Dense;
import dev.axiomml.core.op.move.Dropout;
import dev.axiomml.core.op.move.Permute;
import dev.axiomml.core.op.move.Reshape;
import dev.axiomml.core.op.norm.BatchNorm;
import dev.axiomml.core.op.norm.GroupNorm;
import dev.axiomml.core.op.norm.InstanceNorm;
import dev.axiomml.core.op.pair.Add;
import dev.axiomml.core.op.pair.Mul;
import dev.axiomml.core.op.pair.PRelu;
import dev.axiomml.core.op.recurrent.Gru;
import dev.axiomml.core.op.recurrent.Lstm;
import dev.axiomml.core.op.recurrent.Rnn;
import dev.axiomml.core.op.window.AdaptiveAveragePool;
import dev.axiomml.core.op.window.AdaptiveMaxPool;
import dev.axiomml.core.op.window.AveragePool;
import dev.axiomml.core.op.window.MaxPool;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * A reading that follows where images are flattened, since PyTorch flattens channels first: the
 * layers behind store their features in that order.
 */
final class FeatureOrders implements GraphReading<FeatureOrder> {
  private static final FeatureOrder SAME = new FeatureOrder.Same();
  private static final FeatureOrder IMAGE = new FeatureOrder.Image();

  /** Operators that take images only, besides those that any image flows through. */
  private static final Set<Class<? extends Op>> SPATIAL =
      Set.of(
          Conv.class,
          ConvTranspose.class,
          AveragePool.class,
          MaxPool.class,
          AdaptiveAveragePool.class,
          AdaptiveMaxPool.class);

  /** Operators whose channels PyTorch has on axis 1, which on a sequence here are the features. */
  private static final Set<Class<? extends Op>> CHANNELWISE =
      Set.of(BatchNorm.class, GroupNorm.class, InstanceNorm.class, PRelu.class);

  private static final Set<Class<? extends Op>> RECURRENT =
      Set.of(Lstm.class, Gru.class, Rnn.class);

  private final BiConsumer<Node, FeatureOrder> sink;
  private final Set<Value> learned = new HashSet<>();

  private final Graph graph;

  private FeatureOrders(Graph graph, BiConsumer<Node, FeatureOrder> sink) {
    this.graph = graph;
    this.sink = sink;
  }

  /** Tells the order of each node's first operand. */
  static void read(Model<?> model, BiConsumer<Node, FeatureOrder> sink) {
    List<FeatureOrder> inputs = new ArrayList<>();
    for (Port port : model.signature().inputs()) {
      boolean image =
          port.axes().size() > 2 && port.axes().get(port.axes().size() - 1).equals("channels");
      inputs.add(image ? IMAGE : SAME);
    }
    model.graph().read(inputs, new FeatureOrders(model.graph(), sink));
  }

  @Override
  public FeatureOrder constant(Value at, Tensor tensor) {
    return SAME;
  }

  @Override
  public List<FeatureOrder> node(Node at, List<FeatureOrder> in) {
    if (at.out().stream().allMatch(graph::isKnown)) {
      sink.accept(at, SAME);
      return Collections.nCopies(at.out().size(), SAME);
    }
    FeatureOrder first = in.isEmpty() ? SAME : in.get(0);
    boolean made =
        SPATIAL.contains(at.op().getClass()) && first instanceof FeatureOrder.Unflattened;
    FeatureOrder seen = made ? unflattened((FeatureOrder.Unflattened) first) : first;
    sink.accept(at, seen);
    List<FeatureOrder> data = new ArrayList<>();
    for (int i = 0; i < in.size(); i++) {
      if (graph.parameter(at.in().get(i)).isEmpty()) {
        data.add(in.get(i));
      }
    }
    if (!graph.parameters(at).isEmpty() || at.in().stream().anyMatch(learned::contains)) {
      learned.addAll(at.out());
    }
    if (made) {
      return Collections.nCopies(at.out().size(), seen);
    }
    return Collections.nCopies(at.out().size(), order(at, data.isEmpty() ? in : data));
  }

  private static FeatureOrder unflattened(FeatureOrder.Unflattened image) {
    return new FeatureOrder.Lost(
        image.node(),
        "PyTorch makes an image of features channels first, so the columns of the layer that"
            + " computes them are in another order than here");
  }

  private FeatureOrder order(Node at, List<FeatureOrder> in) {
    Op op = at.op();
    if (SPATIAL.contains(op.getClass())) {
      return in.get(0) instanceof FeatureOrder.Lost lost ? lost : IMAGE;
    }
    if (op instanceof Dense || RECURRENT.contains(op.getClass())) {
      return SAME; // along the features: where these were the channels, PyTorch moved its axes
    }
    if (CHANNELWISE.contains(op.getClass()) && isSequence(at, in.get(0))) {
      return new FeatureOrder.Either(at.name());
    }
    if (op instanceof Reshape) {
      return reshaped(at, in.get(0));
    }
    return op instanceof Permute ? permuted(at, in.get(0)) : merged(at, in);
  }

  private static boolean isSequence(Node at, FeatureOrder from) {
    return from.equals(SAME) && at.in().get(0).type().shape().rank() > 2;
  }

  private FeatureOrder reshaped(Node at, FeatureOrder from) {
    Shape shape = at.in().get(0).type().shape();
    Shape to = at.out().get(0).type().shape();
    if (from.equals(IMAGE)) {
      return flattened(at);
    }
    if (from instanceof FeatureOrder.Flat flat) {
      boolean back = to.rank() > 2 && to.sub(1, to.rank()).equals(flat.image());
      boolean kept = to.equals(shape);
      return back ? IMAGE : kept ? flat : lost(at);
    }
    if (from instanceof FeatureOrder.Either) {
      return to.equals(shape) ? from : lost(at);
    }
    boolean made = from.equals(SAME) && shape.rank() == 2 && to.rank() > 2 && isWide(to);
    return made && learned.contains(at.in().get(0))
        ? new FeatureOrder.Unflattened(at.name())
        : from;
  }

  /** Whether it matters which axis comes first. */
  private static boolean isWide(Shape image) {
    return !image.dim(-1).equals(Dim.ONE)
        && image.sub(1, image.rank() - 1).dims().stream().anyMatch(dim -> !dim.equals(Dim.ONE));
  }

  private static FeatureOrder lost(Node at) {
    return new FeatureOrder.Lost(
        at.name(),
        "PyTorch flattens images channels first; behind a flattened image that was cut or joined,"
            + " or that only may be one, the rows cannot be told apart");
  }

  /** (batch, spatial…, channels) that becomes (batch, features). */
  private static FeatureOrder flattened(Node at) {
    Shape from = at.in().get(0).type().shape();
    Shape to = at.out().get(0).type().shape();
    Shape image = from.sub(1, from.rank());
    if (to.rank() == 2 && image.isFixed()) {
      return new FeatureOrder.Flat(image);
    }
    return to.rank() > 0 && to.dim(-1).equals(from.dim(-1)) ? SAME : lost(at);
  }

  /** Axes that are moved by hand are in the order that the hand gave them. */
  private static FeatureOrder permuted(Node at, FeatureOrder from) {
    return from instanceof FeatureOrder.Flat || from instanceof FeatureOrder.Lost ? lost(at) : SAME;
  }

  private static FeatureOrder merged(Node at, List<FeatureOrder> in) {
    List<FeatureOrder> special =
        in.stream().filter(order -> !order.equals(SAME)).distinct().toList();
    if (special.isEmpty()) {
      return SAME;
    }
    Shape from = at.in().get(0).type().shape();
    Shape to = at.out().get(0).type().shape();
    if (special.stream().allMatch(FeatureOrders::isUnflat)) {
      return to.rank() != from.rank() ? SAME : joined(at, in, special);
    }
    boolean alone = special.size() == 1 && (in.size() == 1 || !in.contains(SAME));
    return alone && isPointwise(at.op(), from, to) ? special.get(0) : lost(at);
  }

  private static boolean isUnflat(FeatureOrder order) {
    return order.equals(IMAGE)
        || order instanceof FeatureOrder.Either
        || order instanceof FeatureOrder.Unflattened;
  }

  /** An image with something else: with another of its size that may be no image, either. */
  private static FeatureOrder joined(Node at, List<FeatureOrder> in, List<FeatureOrder> special) {
    Shape to = at.out().get(0).type().shape();
    for (int i = 0; i < in.size(); i++) {
      boolean whole = at.in().get(i).type().shape().rank() == to.rank();
      if (in.get(i).equals(SAME) && whole && isWide(at.in().get(i).type().shape())) {
        return new FeatureOrder.Either(at.name());
      }
    }
    return special.size() == 1 ? special.get(0) : new FeatureOrder.Either(at.name());
  }

  /** Whether its parameters are laid out as its input is, not by an order of their own. */
  static boolean isFree(Op op) {
    return !SPATIAL.contains(op.getClass()) && !(op instanceof Dense);
  }

  /** Whether each element stays at its place. */
  private static boolean isPointwise(Op op, Shape from, Shape to) {
    return from.equals(to)
        && (op instanceof ScalarOp
            || op instanceof BatchNorm
            || op instanceof Dropout
            || op instanceof Mul
            || op instanceof Add);
  }
}
