package dev.axiomml.core.op;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.tensor.Shape;

/** Checks of the weights that operators hold. */
final class Weights {
  private Weights() {}

  /** Refuses a weight of another shape. */
  static void require(String role, Parameter parameter, Shape expected) {
    if (!parameter.tensor().shape().equals(expected)) {
      throw new ShapeException(
          new Diagnosis(
              role + " " + parameter.name() + " is " + parameter.tensor().shape(),
              "",
              "the " + role + " must be " + expected,
              "pass a tensor of shape " + expected));
    }
  }
}
