package dev.axiomml.core.op.window;

import dev.axiomml.core.op.CommonShapeRules;
import dev.axiomml.core.op.WindowOp;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Windows that cut each spatial axis of (N, spatial…, C) into a given number of parts.
 *
 * <p>Part {@code i} of {@code n} of an axis of {@code s} runs from {@code ⌊i·s/n⌋} to {@code
 * ⌈(i+1)·s/n⌉}, as in PyTorch; neighbours may overlap by one.
 */
final class AdaptiveWindows {
  private final int[] sizes;
  private final int[] parts;
  private final WindowOp.Sink sink;
  private int[] pixels = new int[1];

  private AdaptiveWindows(int[] sizes, int[] parts, WindowOp.Sink sink) {
    this.sizes = sizes;
    this.parts = parts;
    this.sink = sink;
  }

  /** Checks what an adaptive pool is asked for. */
  static List<Integer> checked(List<Integer> to) {
    if (to.isEmpty() || to.stream().anyMatch(parts -> parts < 1)) {
      throw new IllegalArgumentException("an adaptive pool makes at least 1 element, got " + to);
    }
    return List.copyOf(to);
  }

  static Shape out(String operator, Shape in, List<Integer> to) {
    CommonShapeRules.rank(operator, in, to.size() + 2);
    List<Dim> dims = new ArrayList<>(List.of(in.dim(0)));
    to.forEach(parts -> dims.add(Dim.of(parts)));
    dims.add(in.dim(-1));
    return new Shape(dims);
  }

  /** Where all parts are equal and do not overlap: the windows of an ordinary pool. */
  static java.util.Optional<WindowGeometry> even(Shape in, List<Integer> to) {
    List<Integer> kernel = new ArrayList<>();
    for (int axis = 0; axis < to.size(); axis++) {
      Dim size = in.dim(axis + 1);
      if (!size.isFixed() || size.value() == 0 || size.value() % to.get(axis) != 0) {
        return java.util.Optional.empty();
      }
      kernel.add(Math.toIntExact(size.value() / to.get(axis)));
    }
    return java.util.Optional.of(WindowGeometry.of(kernel).stride(kernel));
  }

  /** Tells the input pixels of every output pixel. */
  static void pixels(Shape in, List<Integer> to, WindowOp.Sink sink) {
    int[] sizes = in.sub(1, to.size() + 1).sizes();
    int[] parts = to.stream().mapToInt(Integer::intValue).toArray();
    AdaptiveWindows walk = new AdaptiveWindows(sizes, parts, sink);
    int volume = IntStream.of(sizes).reduce(1, (a, b) -> a * b);
    int outputs = IntStream.of(parts).reduce(1, (a, b) -> a * b);
    for (int sample = 0; sample < in.size(0); sample++) {
      walk.visit(0, sample * outputs, new int[] {sample * volume});
    }
  }

  private void visit(int axis, int out, int[] members) {
    if (axis == parts.length) {
      System.arraycopy(members, 0, room(members.length), 0, members.length);
      sink.window(out, pixels, members.length);
      return;
    }
    int volume = 1;
    int outputs = 1;
    for (int below = axis + 1; below < parts.length; below++) {
      volume *= sizes[below];
      outputs *= parts[below];
    }
    for (int i = 0; i < parts[axis]; i++) {
      visit(axis + 1, out + i * outputs, extended(members, axis, i, volume));
    }
  }

  private int[] room(int count) {
    pixels = pixels.length < count ? new int[count] : pixels;
    return pixels;
  }

  private int[] extended(int[] members, int axis, int part, int volume) {
    long size = sizes[axis];
    int from = (int) (part * size / parts[axis]);
    int to = (int) (((part + 1) * size + parts[axis] - 1) / parts[axis]);
    int[] all = new int[members.length * (to - from)];
    for (int i = 0; i < all.length; i++) {
      all[i] = members[i / (to - from)] + (from + i % (to - from)) * volume;
    }
    return all;
  }
}
