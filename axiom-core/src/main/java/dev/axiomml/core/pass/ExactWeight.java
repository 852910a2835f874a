package dev.axiomml.core.pass;

import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.TensorMemory;
import java.util.ArrayList;
import java.util.List;

/**
 * A weight that passes scale, with its numbers before they are rounded: the weight as it was, and
 * the factors of its last axis, one after the other.
 *
 * @param parameter the weight, rounded to float32 once; computed where its numbers are asked for
 * @param source what was scaled
 * @param factors what it was scaled by
 */
record ExactWeight(Parameter parameter, Tensor source, List<double[]> factors) {
  ExactWeight {
    factors = List.copyOf(factors);
  }

  /** A weight as it is. */
  static ExactWeight of(Parameter parameter) {
    return new ExactWeight(parameter, parameter.tensor(), List.of());
  }

  /** The same weight with each number of the last axis multiplied. */
  ExactWeight scaled(double[] more) {
    List<double[]> all = new ArrayList<>(factors);
    all.add(more);
    Tensor rounded = TensorMemory.scaled(source, all);
    return new ExactWeight(parameter.with(rounded), source, all);
  }
}
