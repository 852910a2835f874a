package dev.axiomml.core.pass;

import dev.axiomml.core.ir.Graph;

/** The passes in the order in which they are used. */
public final class PassPipelines {
  private PassPipelines() {}

  /**
   * A graph as an importer leaves it: axis permutations cancelled, then the layers that an exporter
   * took apart put together.
   */
  public static Graph imported(Graph read) {
    return Pass.checked(FuseOperators::apply, Pass.checked(CancelPermutes::apply, read));
  }

  /**
   * The graph that predictions run, proofs speak of and the content hash covers: attention in its
   * parts, dropout gone, what is known folded, axis permutations cancelled, batch norms and known
   * scalings in the layers before them.
   */
  public static Graph inference(Graph training) {
    Graph graph = training;
    graph = Pass.checked(UnrollComposites::lowered, graph);
    graph = Pass.checked(DropDropout::apply, graph);
    graph = Pass.checked(FoldConstants::apply, graph);
    graph = Pass.checked(CancelPermutes::apply, graph);
    graph = Pass.checked(FlattenOrder::apply, graph);
    graph = Pass.checked(FoldBatchNorm::apply, graph);
    return Pass.checked(FoldScale::apply, graph);
  }
}
