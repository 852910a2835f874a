package dev.axiomml.core.model;

import dev.axiomml.core.property.Region;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A model's input or output.
 *
 * @param name its name
 * @param type shape and element type; the first axis is the batch, usually the symbol {@code N}
 * @param axes what each axis is: {@code batch, height, width, channels}, {@code batch, features},
 *     or {@code axis0 …} where unknown
 * @param domain the interval that every element is declared to be in
 */
public record Port(String name, Type type, List<String> axes, Optional<Region.Range> domain) {
  /** Copies the axes. */
  public Port {
    axes = List.copyOf(axes);
  }

  /** The same with every element declared to be in an interval. */
  public Port within(Region.Range range) {
    return new Port(name, type, axes, Optional.of(range));
  }

  /** The same of a type; axes have no names where their number is another. */
  Port typed(Type other) {
    int rank = other.isTensor() ? other.shape().rank() : 0;
    List<String> named =
        rank == axes.size()
            ? axes
            : IntStream.range(0, rank).mapToObj(axis -> "axis" + axis).toList();
    return new Port(name, other, named, domain);
  }

  /** {@code name: float32 N×28×28×1 (batch, height, width, channels) in [0, 1]}. */
  @Override
  public String toString() {
    String within = domain.map(d -> " in [" + d.low() + ", " + d.high() + "]").orElse("");
    return name + ": " + type + " (" + String.join(", ", axes) + ")" + within;
  }
}
