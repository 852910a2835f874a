package dev.axiomml.core.op;

import dev.axiomml.core.linear.LoopNest;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.List;

/**
 * Sums of products, one output, any number of operands: linear in each operand that no term holds
 * twice.
 *
 * <p>A member states its shape rule and its terms. Run, gradients of every operand, absolute image,
 * intervals, linear bounds, solver rows and rounding margin follow from them. No operand is "the
 * weight": a term is affine for a reading that knows one of its two factors. Operands are float
 * tensors of one type; a {@link MoveOp} takes any type.
 */
public non-sealed interface SumOp extends Op {
  /** The output's shape. */
  Shape out(List<Shape> in);

  /** The products that are added. Shapes are fixed here. */
  List<SumTerm> terms(List<Shape> in);

  /** The second factor of the terms that have no other: numbers that follow from the shapes. */
  default Tensor table(List<Shape> in) {
    return Tensor.zeros(Shape.of(0));
  }

  /**
   * Roundings that an execution may make beyond one a product and one a sum: 0 where the table
   * holds exact float32 numbers, 2 where they are the nearest to real numbers such as 1/9. Where it
   * is not 0 an execution may also add the elements first and divide at the end.
   */
  default int extraRoundings() {
    return 0;
  }

  @Override
  default List<Type> infer(List<Type> in) {
    return List.of(Type.of(out(FamilyTypes.shapes(in)), FamilyTypes.floats(this, in)));
  }

  /** All nests of the terms that an operand is the first factor of. */
  default List<LoopNest> nests(int operand, List<Shape> in) {
    return terms(in).stream()
        .filter(term -> term.operand() == operand)
        .flatMap(term -> term.nests().stream())
        .toList();
  }
}
