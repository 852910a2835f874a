package dev.axiomml.core.op;

import dev.axiomml.core.tensor.Tensor;
import java.util.Objects;

/**
 * A weight with its name; equal names in one model mean one tied weight.
 *
 * @param name dotted path such as {@code layer1.0.conv1.weight}, in PyTorch's spelling where it
 *     came from there
 * @param tensor the values; the operator that holds it states the shape
 */
public record Parameter(String name, Tensor tensor) {
  /** Requires both. */
  public Parameter {
    Objects.requireNonNull(name);
    Objects.requireNonNull(tensor);
  }

  /** The same name with other values of the same shape. */
  public Parameter with(Tensor other) {
    return new Parameter(name, other);
  }

  @Override
  public String toString() {
    return name + " " + tensor.shape();
  }
}
