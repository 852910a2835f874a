package dev.axiomml.core.op;

import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;

/**
 * A function of whole tensors, such as softmax or a layer norm, with its own gradient and bound
 * rule.
 */
public non-sealed interface RowOp extends Op, SampleStatement {
  /**
   * The outputs, in double precision; shapes are fixed here. NaN and infinities follow IEEE 754.
   */
  List<double[]> apply(List<Type> in, List<double[]> x);

  /** Whether {@link #gradient} is stated; results of whole numbers have none in any case. */
  default boolean isDifferentiable() {
    return true;
  }

  /**
   * Gradients of the operands from those of the results, put together from operators that have
   * gradients themselves.
   *
   * @return one entry an operand; empty where none flows
   */
  default <V> List<Optional<V>> gradient(GradientStep<V> at) {
    return at.none();
  }

  /**
   * Boxes around the outputs of every float32 execution, for inputs in the boxes; sound, rounding
   * included.
   *
   * @return empty when there is no such rule: the verifier then answers unknown
   */
  Optional<List<Box>> bound(List<Type> in, List<Box> x);
}
