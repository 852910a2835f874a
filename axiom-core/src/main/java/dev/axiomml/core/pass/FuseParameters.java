package dev.axiomml.core.pass;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphRewrite;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.RewrittenGraph;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.linear.Dense;
import dev.axiomml.core.op.move.Reshape;
import dev.axiomml.core.op.norm.LayerNorm;
import dev.axiomml.core.op.norm.NormOp;
import dev.axiomml.core.op.norm.RmsNorm;
import dev.axiomml.core.op.pair.Add;
import dev.axiomml.core.op.pair.Mul;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes known factors and offsets operands of the norm or the linear layer before them. */
final class FuseParameters extends GraphRewrite {
  private static final String PLAIN = ".plain";

  private final Graph graph;

  private FuseParameters(Graph graph) {
    this.graph = graph;
  }

  static RewrittenGraph apply(Graph graph) {
    return GraphRewrite.of(graph, new FuseParameters(graph));
  }

  /** The layer that takes a node's known operand as its own, where there is one. */
  private Optional<Node> layer(Node at) {
    Optional<Value> known = known(at);
    return known.flatMap(
        numbers ->
            at.in().stream()
                .filter(value -> !value.equals(numbers) && graph.uses(value) == 1)
                .findFirst()
                .flatMap(graph::producer)
                .filter(layer -> shape(layer, at).filter(s -> fits(numbers, s)).isPresent()));
  }

  /** The only known operand of a product or a sum of two. */
  private Optional<Value> known(Node at) {
    boolean pair = (at.op() instanceof Mul || at.op() instanceof Add) && at.in().size() == 2;
    List<Value> known = at.in().stream().filter(graph::isKnown).toList();
    return pair && known.size() == 1 ? Optional.of(known.get(0)) : Optional.empty();
  }

  private boolean isSwallowed(Node at) {
    return graph.readers(at.out().get(0)).stream()
        .filter(node -> node.out().get(0).type().isTensor())
        .filter(node -> node.out().get(0).type().dtype() == DType.FLOAT32)
        .anyMatch(node -> layer(node).filter(at::equals).isPresent());
  }

  /** The layer keeps its name. */
  @Override
  protected List<Value> node(Node at, List<Value> in) {
    Optional<Node> layer = layer(at);
    if (layer.isPresent()) {
      List<Value> operands = new ArrayList<>(now(layer.get().in()));
      Shape shape = shape(layer.get(), at).orElseThrow();
      if (layer.get().op() instanceof NormOp && at.op() instanceof Add && operands.size() == 1) {
        operands.add(to().constant(Tensor.full(shape, 1)));
      }
      operands.add(fitted(known(at).orElseThrow(), shape));
      return to().add(layer.get().name(), layer.get().op(), operands);
    }
    return isSwallowed(at) ? to().add(at.name() + PLAIN, at.op(), in) : copy(at, in);
  }

  /** The shape of the next weight of a layer that a step can be; empty where it has no room. */
  private Optional<Shape> shape(Node layer, Node step) {
    int given = layer.in().size();
    Shape in = layer.in().get(0).type().shape();
    if (layer.op() instanceof Dense && given == 2 && step.op() instanceof Add) {
      return Optional.of(layer.in().get(1).type().shape().sub(1, 2));
    }
    boolean next = step.op() instanceof Mul ? given == 1 : given < 3;
    if (layer.op() instanceof LayerNorm norm && next) {
      return Optional.of(in.sub(in.rank() - norm.axes(), in.rank()));
    }
    return layer.op() instanceof RmsNorm norm && next && step.op() instanceof Mul
        ? Optional.of(in.sub(in.rank() - norm.axes(), in.rank()))
        : Optional.empty();
  }

  /** Whether numbers are of a shape, but for leading axes of size 1. */
  private static boolean fits(Value numbers, Shape shape) {
    Shape own = numbers.type().shape();
    return shape.isFixed()
        && own.rank() >= shape.rank()
        && own.count() == shape.count()
        && own.sub(own.rank() - shape.rank(), own.rank()).equals(shape);
  }

  private Value fitted(Value numbers, Shape shape) {
    Optional<Tensor> constant = graph.constant(numbers);
    if (constant.isPresent()) {
      Parameter own = new Parameter(numbers.name(), constant.get());
      return to().parameter(graph.parameter(numbers).orElse(own).reshaped(shape));
    }
    Value now = now(List.of(numbers)).get(0);
    return now.type().shape().equals(shape)
        ? now
        : to().add(numbers.name() + ".reshaped", new Reshape(shape), List.of(now)).get(0);
  }
}
