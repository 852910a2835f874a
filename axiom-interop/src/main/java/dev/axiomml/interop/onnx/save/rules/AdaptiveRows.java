package dev.axiomml.interop.onnx.save.rules;

import dev.axiomml.core.op.window.AdaptiveAveragePool;
import dev.axiomml.core.op.window.AdaptiveMaxPool;
import dev.axiomml.core.op.window.WindowGeometry;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.interop.onnx.save.node.OnnxCall;
import dev.axiomml.interop.onnx.save.node.WriteContext;
import java.util.ArrayList;
import java.util.List;

/** Pools into a given number of parts: one part, equal parts, or each part by itself. */
final class AdaptiveRows {
  /** The operators of a kind of pool: of everything, of windows, over axes. */
  private record Kind(String global, String windows, String over) {}

  private static final Kind MEAN = new Kind("GlobalAveragePool", "AveragePool", "ReduceMean");
  private static final Kind MAX = new Kind("GlobalMaxPool", "MaxPool", "ReduceMax");

  private AdaptiveRows() {}

  static void add(WriteRules to) {
    to.spatial(AdaptiveAveragePool.class, (op, at) -> pool(at, op.to(), MEAN));
    to.spatial(AdaptiveMaxPool.class, (op, at) -> pool(at, op.to(), MAX));
  }

  private static List<String> pool(WriteContext at, List<Integer> to, Kind kind) {
    if (to.stream().allMatch(parts -> parts == 1)) {
      return at.answer(kind.global, at.in(0));
    }
    List<Integer> kernel = new ArrayList<>();
    for (int axis = 0; axis < to.size(); axis++) {
      Dim size = at.shape().dim(axis + 2);
      if (!size.isFixed() || size.value() % to.get(axis) != 0) {
        return parts(at, to, kind);
      }
      kernel.add(Math.toIntExact(size.value() / to.get(axis)));
    }
    WindowGeometry geometry = WindowGeometry.of(kernel).stride(kernel);
    return at.answer(
        OnnxCall.of(kind.windows, at.in(0))
            .wholes("kernel_shape", geometry.kernel())
            .wholes("strides", geometry.stride()));
  }

  /** One axis after the other: the parts of a box are boxes. */
  private static List<String> parts(WriteContext at, List<Integer> to, Kind kind) {
    String x = at.in(0);
    for (int axis = 0; axis < to.size(); axis++) {
      x = along(at, x, new int[] {axis + 2, to.get(axis)}, kind);
    }
    return List.of(x);
  }

  private static String along(WriteContext at, String x, int[] axisAndParts, Kind kind) {
    int axis = axisAndParts[0];
    int parts = axisAndParts[1];
    Dim size = at.shape().dim(axis);
    List<String> made = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      String from = at.sizes(List.of(size.times(i).floorDiv(parts)));
      String to = at.sizes(List.of(size.times(i + 1L).plus(parts - 1L).floorDiv(parts)));
      String part = at.one("Slice", x, from, to, at.listed(axis));
      made.add(at.one(ReduceRows.call(at, kind.over, part, List.of(axis)).flag("keepdims", true)));
    }
    return at.one(OnnxCall.of("Concat", made).whole("axis", axis));
  }
}
