package dev.axiomml.core.pass;

import dev.axiomml.core.ir.Graph;

/** The passes in the order in which they are used. */
public final class Passes {
  private Passes() {}

  /**
   * The graph that predictions run, proofs speak of and the content hash covers: dropout gone, what
   * is known folded, batch norms in the layers before them, axis permutations cancelled.
   */
  public static Graph inference(Graph training) {
    Graph graph = training;
    graph = Pass.checked(DropDropout::apply, graph);
    graph = Pass.checked(FoldConstants::apply, graph);
    graph = Pass.checked(CancelPermutes::apply, graph);
    return Pass.checked(FoldBatchNorm::apply, graph);
  }
}
