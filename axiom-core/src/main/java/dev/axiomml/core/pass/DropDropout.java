package dev.axiomml.core.pass;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Rewrite;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Dropout;
import java.util.List;

/** Takes dropout out: at inference it is the identity. */
public final class DropDropout extends Rewrite {
  private DropDropout() {}

  /** The graph without dropout. */
  public static Graph apply(Graph graph) {
    return Rewrite.of(graph, new DropDropout());
  }

  @Override
  public List<Value> node(Node at, List<Value> in) {
    return at.op() instanceof Dropout ? in : copy(at, in);
  }
}
