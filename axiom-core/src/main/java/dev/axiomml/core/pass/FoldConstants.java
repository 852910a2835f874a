package dev.axiomml.core.pass;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphRewrite;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.RewrittenGraph;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.tensor.Tensor;
import java.util.List;

/** Computes what is known before the graph runs, see {@link ConstantFolding}. */
public final class FoldConstants extends GraphRewrite {
  private final ConstantFolding folding = new ConstantFolding(to());

  private FoldConstants() {}

  /** The folded graph. */
  public static RewrittenGraph apply(Graph graph) {
    return GraphRewrite.of(graph, new FoldConstants());
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
    return folding.add(at.name(), at.op(), in);
  }
}
