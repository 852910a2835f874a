package dev.axiomml.backend.jni.lowering;

import dev.axiomml.core.op.WindowOp;
import dev.axiomml.core.op.gradient.WindowWinners;
import dev.axiomml.core.op.linear.Conv;
import dev.axiomml.core.op.window.AveragePool;
import dev.axiomml.core.op.window.MaxPool;
import dev.axiomml.core.op.window.WindowGeometry;
import dev.axiomml.core.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Convolution and pooling over one to three spatial axes. */
final class WindowKernels {
  private static final int AXES = 3;
  private static final int MAX_LISTED = 1 << 22;

  private WindowKernels() {}

  static Optional<MemorySlot> conv(Conv op, LoweringContext at) {
    if (!fits(op.geometry()) || !ProductKernels.hasPackedWeight(at)) {
      return Optional.empty();
    }
    List<Long> attributes = window(op.geometry(), at);
    boolean depthwise = op.isDepthwise(at.shape(1));
    if (!depthwise) {
      attributes.addAll(LoweringContext.longs(at.shape(1).size(-1), op.groups()));
    }
    attributes.addAll(LoweringContext.longs(ProductKernels.bias(at), 0, 0, 0));
    KernelOpcode opcode = depthwise ? KernelOpcode.DEPTHWISE : KernelOpcode.CONV;
    return Optional.of(at.emit(opcode, at.in(), at.out().count(), attributes));
  }

  static Optional<MemorySlot> maxPool(MaxPool op, LoweringContext at) {
    if (!fits(op.geometry())) {
      return Optional.empty();
    }
    List<Long> attributes = window(op.geometry(), at);
    return Optional.of(at.emit(KernelOpcode.MAX_POOL, at.in(), at.out().count(), attributes));
  }

  static Optional<MemorySlot> averagePool(AveragePool op, LoweringContext at) {
    if (!fits(op.geometry())) {
      return Optional.empty();
    }
    List<Long> attributes = window(op.geometry(), at);
    attributes.add(op.countPadding() ? 1L : 0L);
    attributes.addAll(three(op.geometry().after(), 0));
    return Optional.of(at.emit(KernelOpcode.AVERAGE_POOL, at.in(), at.out().count(), attributes));
  }

  /** Windows given one by one. */
  static Optional<MemorySlot> listed(WindowOp op, LoweringContext at) {
    int[][] windows = new int[at.out().count()][];
    long[] listed = {1};
    op.windows(
        at.shape(0),
        (out, members, count) -> {
          listed[0] += 1 + count;
          windows[out] = listed[0] < MAX_LISTED ? Arrays.copyOf(members, count) : new int[0];
        });
    if (listed[0] >= MAX_LISTED) {
      return Optional.empty();
    }
    List<Long> attributes = new ArrayList<>(LoweringContext.longs(windows.length));
    for (int[] window : windows) {
      attributes.add((long) window.length);
      Arrays.stream(window).forEach(member -> attributes.add((long) member));
    }
    return Optional.of(at.emit(KernelOpcode.WINDOW_MAX, at.in(), at.out().count(), attributes));
  }

  /** Which member of each window is its largest. */
  static Optional<MemorySlot> winners(WindowWinners op, LoweringContext at) {
    NestWords words = NestWords.of(op.nests(at.shape(0)));
    return words.isTooMuch()
        ? Optional.empty()
        : Optional.of(at.emit(KernelOpcode.WINNERS, at.in(), at.out().count(), words.attributes()));
  }

  /** Kernels know up to three axes and no cropping. */
  private static boolean fits(WindowGeometry geometry) {
    return geometry.rank() <= AXES
        && geometry.before().stream().allMatch(p -> p >= 0)
        && geometry.after().stream().allMatch(p -> p >= 0);
  }

  /** Images, channels, and six triples; see {@code window.zig}. */
  private static List<Long> window(WindowGeometry geometry, LoweringContext at) {
    Shape in = at.shape(0);
    List<Long> attributes = new ArrayList<>(LoweringContext.longs(in.size(0), in.size(-1)));
    attributes.addAll(three(spatial(in), 1));
    attributes.addAll(three(spatial(at.out()), 1));
    attributes.addAll(three(geometry.kernel(), 1));
    attributes.addAll(three(geometry.stride(), 1));
    attributes.addAll(three(geometry.dilation(), 1));
    attributes.addAll(three(geometry.before(), 0));
    return attributes;
  }

  private static List<Integer> spatial(Shape shape) {
    List<Integer> sizes = new ArrayList<>();
    for (int axis = 1; axis < shape.rank() - 1; axis++) {
      sizes.add(shape.size(axis));
    }
    return sizes;
  }

  private static List<Long> three(List<Integer> values, long filling) {
    List<Long> all = new ArrayList<>(Collections.nCopies(AXES - values.size(), filling));
    values.forEach(value -> all.add((long) value));
    return all;
  }
}
