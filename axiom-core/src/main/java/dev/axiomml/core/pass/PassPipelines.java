package dev.axiomml.core.pass;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.RewrittenGraph;
import dev.axiomml.core.op.move.Dropout;
import dev.axiomml.core.op.move.Permute;
import dev.axiomml.core.op.norm.BatchNorm;

/** The passes in the order in which they are used. */
public final class PassPipelines {
  private PassPipelines() {}

  /**
   * A graph as an importer leaves it: axis permutations cancelled, then the layers that an exporter
   * took apart put together.
   */
  public static RewrittenGraph imported(Graph read) {
    return Pass.all(read, CancelPermutes::apply, FuseOperators::apply);
  }

  /**
   * The graph that predictions run, proofs speak of and the content hash covers: attention in its
   * parts, short recurrent layers in their steps, dropout gone, what is known folded, axis
   * permutations cancelled, batch norms and known scalings in the layers before them.
   */
  public static RewrittenGraph inference(Graph training) {
    return Pass.all(
        training,
        UnrollComposites::lowered,
        Pass.of(Dropout.class, DropDropout::apply),
        FoldConstants::apply,
        Pass.of(Permute.class, CancelPermutes::apply),
        Pass.of(Permute.class, FlattenOrder::apply),
        Pass.of(BatchNorm.class, FoldBatchNorm::apply),
        FoldScale::apply);
  }
}
