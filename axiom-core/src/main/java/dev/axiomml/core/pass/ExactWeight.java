package dev.axiomml.core.pass;

import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;

/**
 * A weight that passes compute, with its numbers before they are rounded.
 *
 * @param parameter the weight, rounded to float32
 * @param numbers what was rounded
 */
record ExactWeight(Parameter parameter, double[] numbers) {
  /** A weight as it is. */
  static ExactWeight of(Parameter parameter) {
    return new ExactWeight(parameter, parameter.tensor().toDoubles());
  }

  /** The same weight with other numbers. */
  ExactWeight with(double[] other) {
    Shape shape = parameter.tensor().shape();
    Tensor rounded = Tensor.ofDoubles(shape, DType.FLOAT32, other);
    return new ExactWeight(parameter.with(rounded), other);
  }
}
