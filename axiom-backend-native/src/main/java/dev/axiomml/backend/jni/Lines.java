package dev.axiomml.backend.jni;

import dev.axiomml.core.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Kernels that work along the last axis, for any axis. */
final class Lines {
  private Lines() {}

  /** A kernel whose attributes are rows and length of a row; other axes are brought to the end. */
  static Optional<Slot> along(int axis, Opcode opcode, Site at) {
    Shape shape = at.shape(0);
    int n = shape.size(shape.axis(axis));
    int rows = shape.count() / n;
    int inner = shape.sub(shape.axis(axis) + 1, shape.rank()).count();
    Slot x = at.in().get(0);
    List<Long> attributes = Site.longs(rows, n);
    if (inner == 1) {
      return Optional.of(at.emit(opcode, List.of(x), shape.count(), attributes));
    }
    int outer = rows / inner;
    Slot turned = turn(x, new int[] {outer, n, inner}, at);
    Slot y = at.emit(opcode, List.of(turned), shape.count(), attributes);
    return Optional.of(turn(y, new int[] {outer, inner, n}, at));
  }

  /** A reduction over axes that lie side by side; none means all. */
  static Optional<Slot> reduced(List<Integer> axes, Opcode opcode, Site at) {
    Shape shape = at.shape(0);
    List<Integer> sorted =
        axes.isEmpty()
            ? IntStream.range(0, shape.rank()).boxed().toList()
            : axes.stream().map(shape::axis).sorted().distinct().toList();
    int from = sorted.isEmpty() ? 0 : sorted.get(0);
    int to = from + sorted.size();
    if (!sorted.isEmpty() && sorted.get(sorted.size() - 1) != to - 1) {
      return Optional.empty();
    }
    int outer = shape.sub(0, from).count();
    int n = shape.sub(from, to).count();
    int inner = shape.sub(to, shape.rank()).count();
    List<Long> attributes = Site.longs(outer, n, inner);
    return Optional.of(at.emit(opcode, at.in(), outer * inner, attributes));
  }

  /** (a, b, c) as (a, c, b). */
  private static Slot turn(Slot x, int[] sizes, Site at) {
    int b = sizes[1];
    int c = sizes[2];
    List<Axis> axes =
        List.of(new Axis(sizes[0], b * c, b * c), new Axis(c, 1, b), new Axis(b, c, 1));
    return at.emit(Opcode.COPY, List.of(x), x.count(), copy(0, 0, axes));
  }

  /** Attributes of a copy. */
  static List<Long> copy(long from, long to, List<Axis> axes) {
    List<Long> attributes = new ArrayList<>(Axis.attributes(axes));
    attributes.addAll(1, Site.longs(from, to));
    return attributes;
  }
}
