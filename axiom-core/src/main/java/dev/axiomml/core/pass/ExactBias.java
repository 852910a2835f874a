package dev.axiomml.core.pass;

import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;

/**
 * A bias that passes compute, with its numbers before they are rounded.
 *
 * @param parameter the bias, rounded to float32
 * @param numbers what was rounded
 */
record ExactBias(Parameter parameter, double[] numbers) {
  /** A bias as it is. */
  static ExactBias of(Parameter parameter) {
    return new ExactBias(parameter, parameter.tensor().toDoubles());
  }

  /** One of a name. */
  static ExactBias of(String name, double[] numbers) {
    return new ExactBias(new Parameter(name, rounded(numbers)), numbers);
  }

  /** The same bias with other numbers. */
  ExactBias with(double[] other) {
    return new ExactBias(parameter.with(rounded(other)), other);
  }

  private static Tensor rounded(double[] numbers) {
    return Tensor.ofDoubles(Shape.of(numbers.length), DType.FLOAT32, numbers);
  }
}
