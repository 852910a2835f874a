package dev.axiomml.core.op;

import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;

/**
 * {@code yᵢ = f(xᵢ)} on float tensors of any shape.
 *
 * <p>A member states the function, its derivative, its accuracy and its {@link Profile}; run,
 * gradient, sound lines above and below, and exact solver encodings where all pieces are lines
 * follow.
 */
public non-sealed interface ScalarOp extends Op {
  /** {@code f(x)} in double precision; NaN in gives NaN out unless the member says otherwise. */
  double value(double x);

  /**
   * {@code f'}, a function of the same family; at a kink the slope that the member names, at a jump
   * that of either side. Empty where no function of the family is it.
   */
  Optional<ScalarOp> derivative();

  /** How far {@link #value} and executions may be from the real function. */
  CurveAccuracy accuracy();

  /** Where it is a line, convex or concave; cuts may be off as {@link CurveAccuracy#slack} says. */
  Profile profile();

  @Override
  default List<Type> infer(List<Type> in) {
    FamilyTypes.arity(this, in, 1);
    FamilyTypes.floats(this, in);
    return List.of(in.get(0));
  }

  @Override
  default Optional<ReorderedOp> relaid(List<Type> in, int[] order) {
    return Optional.of(new ReorderedOp(this, order));
  }
}
