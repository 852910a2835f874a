package dev.axiomml.interop.weights;

import dev.axiomml.core.ir.Meaning;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Port;
import dev.axiomml.core.op.AdaptiveAveragePool;
import dev.axiomml.core.op.AdaptiveMaxPool;
import dev.axiomml.core.op.Add;
import dev.axiomml.core.op.AveragePool;
import dev.axiomml.core.op.BatchNorm;
import dev.axiomml.core.op.Conv;
import dev.axiomml.core.op.ConvTranspose;
import dev.axiomml.core.op.Dense;
import dev.axiomml.core.op.Dropout;
import dev.axiomml.core.op.MaxPool;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.Permute;
import dev.axiomml.core.op.Reshape;
import dev.axiomml.core.op.ScalarOp;
import dev.axiomml.core.op.Scale;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * A reading that follows where images are flattened, since PyTorch flattens channels first: the
 * layers behind store their features in that order.
 */
final class FeatureOrders implements Meaning<FeatureOrder> {
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

  private final BiConsumer<Node, FeatureOrder> sink;

  private FeatureOrders(BiConsumer<Node, FeatureOrder> sink) {
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
    model.graph().read(inputs, new FeatureOrders(sink));
  }

  @Override
  public FeatureOrder constant(Value at, Tensor tensor) {
    return SAME;
  }

  @Override
  public List<FeatureOrder> node(Node at, List<FeatureOrder> in) {
    sink.accept(at, in.isEmpty() ? SAME : in.get(0));
    return Collections.nCopies(at.out().size(), order(at, in));
  }

  private static FeatureOrder order(Node at, List<FeatureOrder> in) {
    Op op = at.op();
    if (SPATIAL.contains(op.getClass())) {
      return IMAGE;
    }
    if (op instanceof Dense) {
      return SAME; // on an image it works along the channels: PyTorch's axes were moved before it
    }
    if (op instanceof Reshape && in.get(0).equals(IMAGE)) {
      return flattened(at);
    }
    if (op instanceof Permute || op instanceof Reshape) {
      return moved(at, in.get(0));
    }
    return merged(at, in);
  }

  /** (batch, spatial…, channels) that becomes (batch, features). */
  private static FeatureOrder flattened(Node at) {
    Shape from = at.in().get(0).type().shape();
    Shape to = at.out().get(0).type().shape();
    Shape image = from.sub(1, from.rank());
    if (to.rank() == 2 && image.isFixed()) {
      return new FeatureOrder.Flat(image);
    }
    return to.rank() > 0 && to.dim(-1).equals(from.dim(-1))
        ? SAME
        : new FeatureOrder.Lost(at.name());
  }

  /** Axes that are moved by hand are in the order that the hand gave them. */
  private static FeatureOrder moved(Node at, FeatureOrder from) {
    Shape to = at.out().get(0).type().shape();
    if (from instanceof FeatureOrder.Flat flat) {
      boolean back = to.rank() > 2 && to.sub(1, to.rank()).equals(flat.image());
      boolean kept = to.equals(at.in().get(0).type().shape());
      return back ? IMAGE : kept ? flat : new FeatureOrder.Lost(at.name());
    }
    return from.equals(IMAGE) ? SAME : from;
  }

  private static FeatureOrder merged(Node at, List<FeatureOrder> in) {
    List<FeatureOrder> special =
        in.stream().filter(order -> !order.equals(SAME)).distinct().toList();
    if (special.isEmpty()) {
      return SAME;
    }
    Shape from = at.in().get(0).type().shape();
    Shape to = at.out().get(0).type().shape();
    if (special.size() == 1 && special.get(0).equals(IMAGE)) {
      return to.rank() == from.rank() ? IMAGE : SAME;
    }
    boolean alone = special.size() == 1 && (in.size() == 1 || !in.contains(SAME));
    return alone && isPointwise(at.op(), from, to)
        ? special.get(0)
        : new FeatureOrder.Lost(at.name());
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
            || op instanceof Scale
            || op instanceof Add);
  }
}
