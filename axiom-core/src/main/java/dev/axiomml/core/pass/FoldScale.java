package dev.axiomml.core.pass;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphRewrite;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.RewrittenGraph;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.pair.Scale;
import dev.axiomml.core.tensor.DType;
import java.util.List;
import java.util.Optional;

/**
 * Puts known factors and offsets of channels into the convolution or dense layer before them.
 *
 * <p>New weights are computed in double precision and rounded once to float32; a proof is about
 * those.
 */
public final class FoldScale extends GraphRewrite {
  private final Graph graph;

  private FoldScale(Graph graph) {
    this.graph = graph;
  }

  /** The graph with fewer scalings. */
  public static RewrittenGraph apply(Graph graph) {
    return GraphRewrite.of(graph, new FoldScale(graph));
  }

  @Override
  protected List<Value> node(Node at, List<Value> in) {
    Optional<Node> before =
        in.stream()
            .findFirst()
            .flatMap(to()::producer)
            .filter(node -> graph.uses(at.in().get(0)) == 1);
    Optional<Op> joined = before.flatMap(node -> joined(at, node.op()));
    return joined.isPresent()
        ? to().add(before.get().name(), joined.get(), before.get().in())
        : copy(at, in);
  }

  private static Optional<Op> joined(Node at, Op before) {
    if (!(at.op() instanceof Scale scale) || at.in().get(0).type().dtype() != DType.FLOAT32) {
      return Optional.empty();
    }
    return ChannelScale.of(scale, at.in().get(0).type().shape())
        .flatMap(channels -> channels.after(before));
  }
}
