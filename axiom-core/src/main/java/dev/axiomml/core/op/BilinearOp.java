package dev.axiomml.core.op;

import dev.axiomml.core.linear.LoopNest;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.List;

/**
 * Sums of products of one element of each of two float tensors.
 *
 * <p>A member states its shape rule and its loop nests; run, both gradients and bounds follow.
 */
public non-sealed interface BilinearOp extends Op {
  /** The output's shape. */
  Shape out(Shape first, Shape second);

  /** Which products make which output; both factors are operands. Shapes are fixed here. */
  List<LoopNest> nests(Shape first, Shape second);

  @Override
  default List<Type> infer(List<Type> in) {
    FamilyTypes.arity(this, in, 2);
    Shape shape = out(in.get(0).shape(), in.get(1).shape());
    return List.of(Type.of(shape, FamilyTypes.floats(this, in)));
  }
}
