package dev.axiomml.core.pass;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphRewrite;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.RewrittenGraph;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.linear.Dense;
import dev.axiomml.core.op.norm.LayerNorm;
import dev.axiomml.core.op.norm.RmsNorm;
import dev.axiomml.core.op.pair.Add;
import dev.axiomml.core.op.pair.Offset;
import dev.axiomml.core.op.pair.Scale;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import java.util.List;
import java.util.Optional;

/** Puts known factors and offsets into the norm or the linear layer before them. */
final class FuseParameters extends GraphRewrite {
  private static final String PLAIN = ".plain";

  private final Graph graph;

  /** What is done to a layer's result: factors or offsets. */
  private record Step(Optional<Parameter> factor, Optional<Parameter> offset) {}

  private FuseParameters(Graph graph) {
    this.graph = graph;
  }

  static RewrittenGraph apply(Graph graph) {
    return GraphRewrite.of(graph, new FuseParameters(graph));
  }

  /** The layer that takes a node into itself, where there is one. */
  private Optional<Node> layer(Node at) {
    return step(at)
        .flatMap(
            step ->
                source(at)
                    .filter(value -> graph.uses(value) == 1)
                    .flatMap(graph::producer)
                    .filter(layer -> layer.in().size() == 1 && with(layer, step).isPresent()));
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
      Op op = with(layer.get(), step(at).orElseThrow()).orElseThrow();
      return to().add(layer.get().name(), op, now(layer.get().in()));
    }
    return isSwallowed(at) ? to().add(at.name() + PLAIN, at.op(), in) : copy(at, in);
  }

  /** The operand of a step that is no constant. */
  private Optional<Value> source(Node at) {
    return at.in().stream().filter(value -> graph.constant(value).isEmpty()).findFirst();
  }

  private Optional<Step> step(Node at) {
    if (at.op() instanceof Scale scale) {
      return Optional.of(new Step(Optional.of(scale.factor()), scale.bias()));
    }
    if (at.op() instanceof Offset offset) {
      return Optional.of(new Step(Optional.empty(), Optional.of(offset.offsets())));
    }
    boolean sum = at.op() instanceof Add && at.in().size() == 2;
    return sum
        ? at.in().stream()
            .flatMap(v -> graph.constant(v).map(t -> new Parameter(v.name(), t)).stream())
            .findFirst()
            .map(p -> new Step(Optional.empty(), Optional.of(p)))
        : Optional.empty();
  }

  /** A layer with a step as its own; empty where it has no room for it. */
  private static Optional<Op> with(Node layer, Step step) {
    Shape in = layer.in().get(0).type().shape();
    if (layer.op() instanceof Dense dense && dense.bias().isEmpty() && step.factor.isEmpty()) {
      Optional<Parameter> bias = fitted(step.offset, Shape.of(dense.outputs()));
      return bias.map(b -> new Dense(dense.weightMatrix(), bias));
    }
    if (layer.op() instanceof LayerNorm norm && norm.beta().isEmpty()) {
      return normed(norm, step, in.sub(in.rank() - norm.axes(), in.rank()));
    }
    if (layer.op() instanceof RmsNorm norm && norm.gamma().isEmpty() && step.offset.isEmpty()) {
      Optional<Parameter> factor = fitted(step.factor, in.sub(in.rank() - norm.axes(), in.rank()));
      return factor.map(f -> new RmsNorm(norm.axes(), factor, norm.epsilon()));
    }
    return Optional.empty();
  }

  private static Optional<Op> normed(LayerNorm norm, Step step, Shape tail) {
    Optional<Parameter> factor = fitted(step.factor, tail);
    Optional<Parameter> offset = fitted(step.offset, tail);
    boolean fits =
        factor.isPresent() == step.factor.isPresent()
            && offset.isPresent() == step.offset.isPresent()
            && (norm.gamma().isEmpty() || factor.isEmpty());
    Optional<Parameter> gamma = norm.gamma().or(() -> factor);
    return fits
        ? Optional.of(new LayerNorm(norm.axes(), gamma, offset, norm.epsilon()))
        : Optional.empty();
  }

  /** Numbers of a shape that may have leading axes of size 1. */
  private static Optional<Parameter> fitted(Optional<Parameter> numbers, Shape shape) {
    return numbers
        .filter(p -> shape.isFixed() && p.tensor().shape().rank() >= shape.rank())
        .filter(p -> p.tensor().size() == shape.count())
        .filter(p -> tail(p.tensor().shape(), shape.rank()).equals(shape))
        .map(p -> p.reshaped(shape));
  }

  private static Shape tail(Shape shape, int axes) {
    return shape.sub(shape.rank() - axes, shape.rank());
  }
}
