package dev.axiomml.core.pass;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphRewrite;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.RewrittenGraph;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.norm.BatchNorm;
import dev.axiomml.core.op.pair.Add;
import dev.axiomml.core.op.pair.Mul;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts batch norms of known statistics into the convolution or dense layer before them, else takes
 * them apart into a product and a sum.
 *
 * <p>New weights are computed in double precision and rounded once to float32; a proof is about
 * those. Norms of computed statistics are taken apart step by step.
 */
public final class FoldBatchNorm extends GraphRewrite {
  private static final String PLAIN = ".plain";

  private final Graph graph;

  private FoldBatchNorm(Graph graph) {
    this.graph = graph;
  }

  /** The graph without batch norms. */
  public static RewrittenGraph apply(Graph graph) {
    return GraphRewrite.of(graph, new FoldBatchNorm(graph));
  }

  private static boolean isNorm(Node node) {
    return node.op() instanceof BatchNorm && node.in().get(0).type().dtype() == DType.FLOAT32;
  }

  private List<Tensor> known(Node norm) {
    return norm.in().stream().skip(1).flatMap(v -> graph.constant(v).stream()).toList();
  }

  /** The layer that swallows a norm, its only reader. */
  private Optional<Node> layer(Node norm) {
    boolean known = known(norm).size() == norm.in().size() - 1;
    return graph
        .producer(norm.in().get(0))
        .filter(node -> known && graph.uses(norm.in().get(0)) == 1)
        .filter(node -> ChannelScale.fits(node, graph::constant));
  }

  private boolean isSwallowing(Node at) {
    return graph.readers(at.out().get(0)).stream()
        .anyMatch(node -> isNorm(node) && layer(node).isPresent());
  }

  /** A layer that swallows a norm leaves its name to the two of them. */
  @Override
  protected List<Value> node(Node at, List<Value> in) {
    if (isNorm(at)) {
      return folded(at, in);
    }
    return isSwallowing(at) ? to().add(at.name() + PLAIN, at.op(), in) : copy(at, in);
  }

  private List<Value> folded(Node at, List<Value> in) {
    BatchNorm norm = (BatchNorm) at.op();
    List<Tensor> known = known(at);
    if (known.size() < in.size() - 1) {
      to().enter(at.name());
      List<Value> parts = norm.parts(at.inTypes()).orElseThrow().emit(to(), in);
      to().leave();
      return parts;
    }
    ChannelScale scale = ChannelScale.of(norm, known);
    Optional<Node> layer = layer(at);
    return layer.isPresent() ? merged(layer.get(), scale) : apart(at, in.get(0), scale);
  }

  private List<Value> merged(Node layer, ChannelScale scale) {
    List<Value> operands = new ArrayList<>(now(layer.in()).subList(0, 1));
    ExactWeight weight = ExactWeight.of(weight(layer.in().get(1))).scaled(scale.factors());
    Optional<ExactBias> bias =
        layer.in().stream().skip(2).map(v -> ExactBias.of(weight(v))).findFirst();
    operands.add(to().parameter(weight.parameter()));
    scale
        .after(weight.parameter(), bias)
        .ifPresent(after -> operands.add(to().parameter(after.parameter())));
    return to().add(layer.name(), layer.op(), operands);
  }

  private Parameter weight(Value value) {
    return graph
        .parameter(value)
        .orElseGet(() -> new Parameter(value.name(), graph.constant(value).orElseThrow()));
  }

  private List<Value> apart(Node at, Value x, ChannelScale scale) {
    Value factor = to().parameter(ExactBias.of(at.name() + ".factor", scale.factors()).parameter());
    Value offset = to().parameter(ExactBias.of(at.name() + ".offset", scale.offsets()).parameter());
    Value product = to().add(at.name() + ".scaled", new Mul(), List.of(x, factor)).get(0);
    return to().add(at.name(), new Add(), List.of(product, offset));
  }
}
