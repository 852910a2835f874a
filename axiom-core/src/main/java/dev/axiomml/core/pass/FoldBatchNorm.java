package dev.axiomml.core.pass;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphRewrite;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.RewrittenGraph;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.norm.BatchNorm;
import dev.axiomml.core.op.pair.Scale;
import dev.axiomml.core.tensor.DType;
import java.util.List;
import java.util.Optional;

/**
 * Puts batch norms with running statistics into the convolution or dense layer before them, else
 * into a {@link Scale}.
 *
 * <p>New weights are computed in double precision and rounded once to float32; a proof is about
 * those.
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

  /** The layer that swallows a norm, its only reader. */
  private Optional<Node> layer(Node norm) {
    return graph
        .producer(norm.in().get(0))
        .filter(node -> ChannelScale.fits(node.op()) && graph.uses(norm.in().get(0)) == 1);
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
    Optional<Node> layer = layer(at);
    if (layer.isEmpty()) {
      return to().add(at.name(), scale(norm), in);
    }
    Op folded = ChannelScale.of(norm).after(layer.get().op()).orElseThrow();
    return to().add(layer.get().name(), folded, now(layer.get().in()));
  }

  private static Scale scale(BatchNorm norm) {
    String name = norm.statistics().get(0).name();
    return new Scale(
        ChannelScale.parameter(name + ".factor", norm.factors()),
        Optional.of(ChannelScale.parameter(name + ".offset", norm.offsets())));
  }
}
