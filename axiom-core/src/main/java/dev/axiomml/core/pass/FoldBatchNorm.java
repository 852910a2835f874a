package dev.axiomml.core.pass;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Rewrite;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.BatchNorm;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.Scale;
import dev.axiomml.core.tensor.DType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts batch norms with running statistics into the convolution or dense layer before them, else
 * into a {@link Scale}.
 *
 * <p>New weights are computed in double precision and rounded once to float32; a proof is about
 * those.
 */
public final class FoldBatchNorm extends Rewrite {
  private final Map<Value, Integer> uses = new HashMap<>();

  private FoldBatchNorm(Graph graph) {
    graph.nodes().forEach(node -> node.in().forEach(value -> uses.merge(value, 1, Integer::sum)));
    graph.outputs().forEach(value -> uses.merge(value, 1, Integer::sum));
  }

  /** The graph without batch norms. */
  public static Graph apply(Graph graph) {
    return Rewrite.of(graph, new FoldBatchNorm(graph));
  }

  @Override
  public List<Value> node(Node at, List<Value> in) {
    if (!(at.op() instanceof BatchNorm norm) || at.in().get(0).type().dtype() != DType.FLOAT32) {
      return copy(at, in);
    }
    Optional<Node> before =
        to().producer(in.get(0)).filter(node -> uses.getOrDefault(at.in().get(0), 0) == 1);
    Optional<Op> joined = before.flatMap(node -> ChannelScale.of(norm).after(node.op()));
    return joined.isPresent()
        ? to().add(before.get().name(), joined.get(), before.get().in())
        : to().add(at.name(), scale(norm), in);
  }

  private static Scale scale(BatchNorm norm) {
    String name = norm.statistics().get(0).name();
    return new Scale(
        ChannelScale.parameter(name + ".factor", norm.factors()),
        Optional.of(ChannelScale.parameter(name + ".offset", norm.offsets())));
  }
}
