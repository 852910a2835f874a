package dev.axiomml.dsl;

import dev.axiomml.core.op.Reshape;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;

/** Steps that only move elements, as parts. */
final class Moves {
  private Moves() {}

  /** All of a sample in one row. */
  static Part flatten(Type in) {
    Shape shape = in.shape();
    Shape rest = shape.sub(1, shape.rank());
    return Part.of("flatten", new Reshape(Shape.of(shape.dim(0), rest.volume())));
  }

  /** A sample in another shape. */
  static Part reshape(Type in, Shape sample) {
    return Part.of("reshape", new Reshape(Shape.of(in.shape().dim(0)).concat(sample)));
  }
}
