package dev.axiomml.core.property;

import dev.axiomml.core.tensor.Tensor;

/**
 * A claim that a statement holds for all inputs of a region.
 *
 * @param <O> the output kind it has a meaning for
 * @param region the inputs
 * @param formula the statement
 */
// The parameter is only for the compiler, as on Property.
@SuppressWarnings("UnusedTypeParameter")
public record Theorem<O extends Output>(Region region, Formula formula) {
  /** The same claim with an input that is always the same tensor, one row where it has a batch. */
  public Theorem<O> given(String name, Tensor tensor) {
    return new Theorem<>(region.given(name, tensor), formula);
  }

  /** The same claim with an input whose every element is a number. */
  public Theorem<O> given(String name, double number) {
    return new Theorem<>(region.given(name, number), formula);
  }

  /** The same claim with every element of one input in an interval of its own, ends included. */
  public Theorem<O> within(String name, double low, double high) {
    return new Theorem<>(region.within(name, low, high), formula);
  }

  /** The text form, which the parser reads back where the region holds no tensor of a program. */
  @Override
  public String toString() {
    return PropertyText.of(this);
  }
}
