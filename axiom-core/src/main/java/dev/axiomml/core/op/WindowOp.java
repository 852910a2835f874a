package dev.axiomml.core.op;

import dev.axiomml.core.linear.LoopNest;
import dev.axiomml.core.linear.NestMembers;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.List;

/**
 * The largest element of each window; one float tensor in, one out.
 *
 * <p>A NaN in a window makes its output NaN. An empty window gives −∞. A member states its windows;
 * run, gradient (to the first winner), bounds and solver encoding follow.
 */
public non-sealed interface WindowOp extends Op {
  /** The output's shape. */
  Shape out(Shape in);

  /**
   * Plain nests that give each output its window, in the order of their loops; shapes are fixed.
   */
  List<LoopNest> nests(Shape in);

  /** Visits the window of every output. The shape is fixed here. */
  default void windows(Shape in, NestMembers.Sink sink) {
    NestMembers.each(nests(in), out(in).count(), sink);
  }

  @Override
  default List<Type> infer(List<Type> in) {
    FamilyTypes.arity(this, in, 1);
    return List.of(Type.of(out(in.get(0).shape()), FamilyTypes.floats(this, in)));
  }
}
