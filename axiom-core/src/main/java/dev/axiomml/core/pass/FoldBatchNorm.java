package dev.axiomml.core.pass;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphRewrite;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.norm.BatchNorm;
import dev.axiomml.core.op.pair.Scale;
import dev.axiomml.core.tensor.DType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Puts batch norms with running statistics into the convolution or dense layer before them, else
 * into a {@link Scale}.
 *
 * <p>New weights are computed in double precision and rounded once to float32; a proof is about
 * those.
 */
public final class FoldBatchNorm extends GraphRewrite {
  private static final String PLAIN = ".plain";

  /** The results of layers that swallow the norm behind them, their only reader. */
  private final Set<Value> swallowing = new HashSet<>();

  private FoldBatchNorm(Graph graph) {
    Map<Value, Integer> uses = new HashMap<>();
    graph.nodes().forEach(node -> node.in().forEach(value -> uses.merge(value, 1, Integer::sum)));
    graph.outputs().forEach(value -> uses.merge(value, 1, Integer::sum));
    Set<Value> normed = new HashSet<>();
    graph.nodes().stream().filter(FoldBatchNorm::isNorm).forEach(n -> normed.addAll(n.in()));
    graph.nodes().stream()
        .filter(node -> ChannelScale.fits(node.op()))
        .map(node -> node.out().get(0))
        .filter(value -> normed.contains(value) && uses.getOrDefault(value, 0) == 1)
        .forEach(swallowing::add);
  }

  /** The graph without batch norms. */
  public static Graph apply(Graph graph) {
    return GraphRewrite.of(graph, new FoldBatchNorm(graph));
  }

  private static boolean isNorm(Node node) {
    return node.op() instanceof BatchNorm && node.in().get(0).type().dtype() == DType.FLOAT32;
  }

  /** A layer that swallows a norm leaves its name to the two of them. */
  @Override
  public List<Value> node(Node at, List<Value> in) {
    if (swallowing.contains(at.out().get(0))) {
      return to().add(at.name() + PLAIN, at.op(), in);
    }
    return isNorm(at) ? folded(at, in) : copy(at, in);
  }

  private List<Value> folded(Node at, List<Value> in) {
    BatchNorm norm = (BatchNorm) at.op();
    if (!swallowing.contains(at.in().get(0))) {
      return to().add(at.name(), scale(norm), in);
    }
    Node layer = to().producer(in.get(0)).orElseThrow();
    String name = layer.name().substring(0, layer.name().length() - PLAIN.length());
    return to().add(name, ChannelScale.of(norm).after(layer.op()).orElseThrow(), layer.in());
  }

  private static Scale scale(BatchNorm norm) {
    String name = norm.statistics().get(0).name();
    return new Scale(
        ChannelScale.parameter(name + ".factor", norm.factors()),
        Optional.of(ChannelScale.parameter(name + ".offset", norm.offsets())));
  }
}
