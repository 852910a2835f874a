package dev.axiomml.core.pass;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphRewrite;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.RewrittenGraph;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.move.Dropout;
import java.util.List;

/** Takes dropout out: at inference it is the identity. */
public final class DropDropout extends GraphRewrite {
  private DropDropout() {}

  /** The graph without dropout. */
  public static RewrittenGraph apply(Graph graph) {
    return GraphRewrite.of(graph, new DropDropout());
  }

  @Override
  protected List<Value> node(Node at, List<Value> in) {
    return at.op() instanceof Dropout ? in : copy(at, in);
  }
}
