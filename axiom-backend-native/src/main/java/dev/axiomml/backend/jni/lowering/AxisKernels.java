package dev.axiomml.backend.jni.lowering;

import dev.axiomml.core.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Kernels that work along the last axis, for any axis. */
final class AxisKernels {
  private AxisKernels() {}

  /** A kernel whose attributes are rows and length of a row; other axes are brought to the end. */
  static Optional<MemorySlot> along(int axis, KernelOpcode opcode, LoweringContext at) {
    Shape shape = at.shape(0);
    int n = shape.size(shape.axis(axis));
    int rows = shape.count() / n;
    int inner = shape.sub(shape.axis(axis) + 1, shape.rank()).count();
    MemorySlot x = at.in().get(0);
    List<Long> attributes = LoweringContext.longs(rows, n);
    if (inner == 1) {
      return Optional.of(at.emit(opcode, List.of(x), shape.count(), attributes));
    }
    int outer = rows / inner;
    MemorySlot turned = turn(x, new int[] {outer, n, inner}, at);
    MemorySlot y = at.emit(opcode, List.of(turned), shape.count(), attributes);
    return Optional.of(turn(y, new int[] {outer, inner, n}, at));
  }

  /** A reduction over some axes, none meaning all; scattered ones are brought to the end. */
  static Optional<MemorySlot> reduced(List<Integer> axes, KernelOpcode opcode, LoweringContext at) {
    Shape shape = at.shape(0);
    List<Integer> all = IntStream.range(0, shape.rank()).boxed().toList();
    List<Integer> sorted =
        axes.isEmpty() ? all : axes.stream().map(shape::axis).sorted().distinct().toList();
    int from = sorted.isEmpty() ? 0 : sorted.get(0);
    int to = from + sorted.size();
    if (!sorted.isEmpty() && sorted.get(sorted.size() - 1) != to - 1) {
      return scattered(sorted, opcode, at);
    }
    int outer = shape.sub(0, from).count();
    int inner = shape.sub(to, shape.rank()).count();
    List<Long> attributes = LoweringContext.longs(outer, shape.sub(from, to).count(), inner);
    return Optional.of(at.emit(opcode, at.in(), outer * inner, attributes));
  }

  private static Optional<MemorySlot> scattered(
      List<Integer> axes, KernelOpcode opcode, LoweringContext at) {
    Shape shape = at.shape(0);
    List<Integer> order = new ArrayList<>(IntStream.range(0, shape.rank()).boxed().toList());
    order.removeAll(axes);
    order.addAll(axes);
    int[] axisOf = order.stream().mapToInt(Integer::intValue).toArray();
    int[] strides = shape.strides();
    int[] from = IntStream.of(axisOf).map(axis -> strides[axis]).toArray();
    Shape turned = shape.permuted(axisOf);
    List<StridedLoop> loops =
        StridedLoop.merged(StridedLoop.all(turned.sizes(), from, turned.strides()));
    if (loops.size() > StridedLoop.MAX_RANK) {
      return Optional.empty();
    }
    MemorySlot x = at.emit(KernelOpcode.COPY, at.in(), shape.count(), copy(0, 0, loops));
    int n = axes.stream().mapToInt(shape::size).reduce(1, Math::multiplyExact);
    int outer = shape.count() / n;
    return Optional.of(at.emit(opcode, List.of(x), outer, LoweringContext.longs(outer, n, 1)));
  }

  /** (a, b, c) as (a, c, b). */
  private static MemorySlot turn(MemorySlot x, int[] sizes, LoweringContext at) {
    int b = sizes[1];
    int c = sizes[2];
    List<StridedLoop> axes =
        List.of(
            new StridedLoop(sizes[0], b * c, b * c),
            new StridedLoop(c, 1, b),
            new StridedLoop(b, c, 1));
    return at.emit(KernelOpcode.COPY, List.of(x), x.count(), copy(0, 0, axes));
  }

  /** Attributes of a copy. */
  static List<Long> copy(long from, long to, List<StridedLoop> axes) {
    List<Long> attributes = new ArrayList<>(StridedLoop.attributes(axes));
    attributes.addAll(1, LoweringContext.longs(from, to));
    return attributes;
  }
}
