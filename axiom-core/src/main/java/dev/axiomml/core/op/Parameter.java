package dev.axiomml.core.op;

import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A weight with its name; equal names in one model mean one tied weight.
 *
 * @param name dotted path such as {@code layer1.0.conv1.weight}, in PyTorch's spelling where it
 *     came from there
 * @param tensor the values; the operator that holds it states the shape
 * @param origin the file that it came from, if any, and how it lies there
 * @param isPinned whether its numbers decided what the graph is, so that no others take their place
 */
public record Parameter(String name, Tensor tensor, WeightOrigin origin, boolean isPinned) {
  /** Requires all. */
  public Parameter {
    Objects.requireNonNull(name);
    Objects.requireNonNull(tensor);
    Objects.requireNonNull(origin);
  }

  /** One that may have other numbers. */
  public Parameter(String name, Tensor tensor, WeightOrigin origin) {
    this(name, tensor, origin, false);
  }

  /** One that is of no file. */
  public Parameter(String name, Tensor tensor) {
    this(name, tensor, WeightOrigin.HERE);
  }

  /** One that is as a file has it. */
  public static Parameter stored(String name, Tensor tensor) {
    return new Parameter(name, tensor, WeightOrigin.of(tensor.shape()));
  }

  /**
   * The same name with other values of the same shape; those of another shape are not known to be
   * the file's.
   */
  public Parameter with(Tensor other) {
    WeightOrigin now = origin.other(other.shape().equals(tensor.shape()));
    return new Parameter(name, other, now, isPinned);
  }

  /** The same values with the axes in another order. */
  public Parameter permuted(int... order) {
    WeightOrigin moved = origin.permuted(tensor.shape(), order);
    return new Parameter(name, tensor.permute(order), moved, isPinned);
  }

  /** The same values, row-major, in another shape. */
  public Parameter reshaped(Shape shape) {
    return new Parameter(name, tensor.reshape(shape), origin, isPinned);
  }

  /** The same weight, held to its numbers. */
  public Parameter pinned() {
    return new Parameter(name, tensor, origin, true);
  }

  /** This weight and another, where there is one: the weights of a layer. */
  public List<Parameter> and(Optional<Parameter> other) {
    return Stream.concat(Stream.of(this), other.stream()).toList();
  }

  @Override
  public String toString() {
    return name + " " + tensor.shape();
  }
}
