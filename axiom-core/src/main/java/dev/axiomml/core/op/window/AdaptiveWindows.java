package dev.axiomml.core.op.window;

import dev.axiomml.core.op.common.CommonShapeRules;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Windows that cut each spatial axis of (N, spatial…, C) into a given number of parts.
 *
 * <p>Part {@code i} of {@code n} of an axis of {@code s} runs from {@code ⌊i·s/n⌋} to {@code
 * ⌈(i+1)·s/n⌉}, as in PyTorch; neighbours may overlap by one.
 */
final class AdaptiveWindows {
  private AdaptiveWindows() {}

  /** Checks what an adaptive pool is asked for. */
  static List<Integer> checked(List<Integer> to) {
    if (to.isEmpty() || to.stream().anyMatch(parts -> parts < 1)) {
      throw new IllegalArgumentException("an adaptive pool makes at least 1 element, got " + to);
    }
    return List.copyOf(to);
  }

  static Shape out(String operator, Shape in, List<Integer> to) {
    CommonShapeRules.rank(operator, in, to.size() + 2);
    return CommonShapeRules.resized(in, to.stream().map(parts -> Dim.of(parts)).toList());
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

  /** The parts as windows. */
  static WindowNests nests(Shape in, List<Integer> to) {
    List<List<WindowNests.AxisRun>> axes = new ArrayList<>();
    for (int axis = 0; axis < to.size(); axis++) {
      long size = in.size(axis + 1);
      int parts = to.get(axis);
      List<WindowNests.AxisRun> runs = new ArrayList<>();
      for (int i = 0; i < parts; i++) {
        int from = (int) (i * size / parts);
        int end = (int) (((i + 1) * size + parts - 1) / parts);
        WindowNests.RunSize count = new WindowNests.RunSize(end - from, end - from, 1);
        WindowNests.add(runs, new WindowNests.AxisRun(i, 1, from, 0, 0, count));
      }
      axes.add(runs);
    }
    return new WindowNests(axes, in, out("adaptive pool", in, to));
  }
}
