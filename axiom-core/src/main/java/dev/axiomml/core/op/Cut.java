package dev.axiomml.core.op;

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
record Cut(Dim start, Dim end, int step) {
  /** A tensor holds fewer elements. */
  private static final long MOST = Integer.MAX_VALUE;

  /** The slice of an axis; empty when symbols hide where an end lies. */
  Optional<Slice> of(Shape shape, int axis) {
    Dim size = shape.dim(axis);
    long far = far(shape, axis);
    Optional<Dim> from = place(start, size, far, false);
    Optional<Dim> to = place(end, size, far, true);
    if (from.isEmpty() || to.isEmpty()) {
      return Optional.empty();
    }
    Dim way = step > 0 ? to.get().minus(from.get()) : from.get().minus(to.get());
    Dim count = way.plus(Math.abs(step) - 1L).floorDiv(Math.abs(step));
    Dim some = count.isFixed() ? Dim.of(Math.max(0, count.value())) : count;
    return Optional.of(new Slice(axis, some.equals(Dim.ZERO) ? Dim.ZERO : from.get(), some, step));
  }

  /** A position beyond the axis of every tensor of the shape that holds an element. */
  private static long far(Shape shape, int axis) {
    long others = 1;
    for (int i = 0; i < shape.rank(); i++) {
      boolean counts = i != axis && shape.dim(i).isFixed() && shape.dim(i).value() > 0;
      others = counts ? Math.min(MOST, others * shape.dim(i).value()) : others;
    }
    return MOST / others;
  }

  private Optional<Dim> place(Dim at, Dim size, long far, boolean exclusive) {
    long low = step > 0 ? 0 : exclusive ? -1 : 0;
    if (at.isFixed() && size.isFixed()) {
      long place = at.value() < 0 ? at.value() + size.value() : at.value();
      long high = step > 0 ? size.value() : size.value() - 1;
      return Optional.of(Dim.of(Math.max(low, Math.min(high, place))));
    }
    if (!at.isFixed()) {
      return at.equals(size) && step > 0 ? Optional.of(at) : Optional.empty();
    }
    if (at.value() >= far) {
      return Optional.of(step > 0 ? size : size.plus(-1));
    }
    return Optional.of(
        at.value() >= 0 ? at : at.value() <= -far ? Dim.of(low) : size.plus(at.value()));
  }
}
