package dev.axiomml.core.op;

import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;

/**
 * A function of whole tensors, such as softmax or a layer norm, with its own gradient and bound
 * rule.
 */
public non-sealed interface RowOp extends Op {
  /**
   * The outputs, in double precision; shapes are fixed here. NaN and infinities follow IEEE 754.
   */
  List<double[]> apply(List<Type> in, List<double[]> x);

  /**
   * Gradients of the inputs from gradients of the outputs.
   *
   * @return one array an input; empty arrays for inputs that have no gradient
   */
  List<double[]> vjp(List<Type> in, List<double[]> x, List<double[]> g);

  /**
   * Boxes around the outputs of every float32 execution, for inputs in the boxes; sound, rounding
   * included.
   *
   * @return empty when there is no such rule: the verifier then answers unknown
   */
  Optional<List<Box>> bound(List<Type> in, List<Box> x);
}
