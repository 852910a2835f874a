package dev.axiomml.core.pass;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphRewrite;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.RewrittenGraph;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.tensor.Tensor;
import java.util.List;
import java.util.function.Predicate;

/** Computes what is known before the graph runs, see {@link ConstantFolding}. */
public final class FoldConstants extends GraphRewrite {
  private final ConstantFolding folding = new ConstantFolding(to());
  private final Predicate<Node> folded;

  private FoldConstants(Predicate<Node> folded) {
    this.folded = folded;
  }

  /** The folded graph. */
  public static RewrittenGraph apply(Graph graph) {
    return GraphRewrite.of(graph, new FoldConstants(node -> true));
  }

  /** The graph with what follows from weights alone computed, and everything else as it is. */
  public static RewrittenGraph ofWeights(Graph graph) {
    return graph.layers().size() == graph.nodes().size()
        ? RewrittenGraph.same(graph)
        : GraphRewrite.of(graph, new FoldConstants(n -> n.out().stream().allMatch(graph::isKnown)));
  }

  @Override
  protected Value constant(Value at, Tensor tensor) {
    return folding.constant(at.name(), tensor);
  }

  @Override
  protected Value parameter(Value at, Parameter weight) {
    return folding.parameter(weight);
  }

  @Override
  protected List<Value> node(Node at, List<Value> in) {
    return folded.test(at) ? folding.add(at.name(), at.op(), in) : copy(at, in);
  }
}
