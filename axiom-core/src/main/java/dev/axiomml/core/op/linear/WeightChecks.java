package dev.axiomml.core.op.linear;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.tensor.Shape;

/** Checks of the weights that operators hold. */
public final class WeightChecks {
  private WeightChecks() {}

  /** Refuses a weight of another shape. */
  public static void require(String role, Parameter parameter, Shape expected) {
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
