package dev.axiomml.core.op;

import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.List;

/**
 * Sums of products of one element of each of two float tensors.
 *
 * <p>A member states its shape rule and its taps, the weight index pointing into the second
 * operand; run, both gradients and bounds follow.
 */
public non-sealed interface BilinearOp extends Op {
  /** The output's shape. */
  Shape out(Shape first, Shape second);

  /**
   * Tells which output is the sum of which products. Shapes are fixed here; no weight index is
   * negative.
   */
  void taps(Shape first, Shape second, TapReceiver taps);

  @Override
  default List<Type> infer(List<Type> in) {
    FamilyTypes.arity(this, in, 2);
    Shape shape = out(in.get(0).shape(), in.get(1).shape());
    return List.of(Type.of(shape, FamilyTypes.floats(this, in)));
  }
}
