package dev.axiomml.core.op.move;

import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import java.util.Optional;

/**
 * A part of an axis as ONNX and Python state it: negative ends count from the back, ends beyond are
 * cut.
 *
 * @param start first position
 * @param end exclusive end
 * @param step distance, not 0
 */
public record SliceBounds(Dim start, Dim end, int step) {
  private static final long FAR = Integer.MAX_VALUE;

  /** The slice of an axis; empty when symbols hide where an end lies. */
  public Optional<Slice> of(Shape shape, int axis) {
    Dim size = shape.dim(axis);
    Optional<Dim> from = place(start, size, false);
    Optional<Dim> to = place(end, size, true);
    if (from.isEmpty() || to.isEmpty()) {
      return Optional.empty();
    }
    Dim way = step > 0 ? to.get().minus(from.get()) : from.get().minus(to.get());
    Dim count = way.plus(Math.abs(step) - 1L).floorDiv(Math.abs(step)).positive();
    return Optional.of(
        new Slice(axis, count.equals(Dim.ZERO) ? Dim.ZERO : from.get(), count, step));
  }

  private Optional<Dim> place(Dim at, Dim size, boolean exclusive) {
    long low = step > 0 ? 0 : exclusive ? -1 : 0;
    if (at.isFixed() && size.isFixed()) {
      long place = at.value() < 0 ? at.value() + size.value() : at.value();
      long high = step > 0 ? size.value() : size.value() - 1;
      return Optional.of(Dim.of(Math.max(low, Math.min(high, place))));
    }
    Dim last = step > 0 ? size : size.plus(-1);
    if (!at.isFixed()) {
      return at.equals(size) ? Optional.of(last) : Optional.empty();
    }
    if (Math.abs(at.value()) >= FAR) {
      return Optional.of(at.value() > 0 ? last : Dim.of(low));
    }
    Dim front = at.value() < 0 ? size.plus(at.value()) : at;
    Dim above = front.minus(Dim.of(low)).positive().plus(Dim.of(low));
    return Optional.of(above.least(last));
  }
}
