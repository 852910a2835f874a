package dev.axiomml.interop.fuzz;

import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** The standard's answer for borders that go round and round. */
final class OnnxBorders {
  private OnnxBorders() {}

  /** Whether a border is longer than what is left of the axis that it repeats. */
  static boolean goesRoundTwice(OnnxNodeCase node) {
    if (!node.op().equals("Pad") || !node.has("mode", "wrap") || node.operand(1).isEmpty()) {
      return false;
    }
    long[] pads = node.operand(1).orElseThrow().toLongs();
    long[] axes = axes(node);
    Shape shape = node.operand(0).orElseThrow().shape();
    boolean twice = false;
    for (int i = 0; i < axes.length; i++) {
      long behind = pads[i + axes.length];
      long left = shape.dim((int) axes[i]).value() + Math.min(0, pads[i]) + Math.min(0, behind);
      twice |= Math.max(pads[i], behind) > left;
    }
    return twice;
  }

  private static long[] axes(OnnxNodeCase node) {
    int rank = node.operand(0).orElseThrow().shape().rank();
    return node.operand(3).map(Tensor::toLongs).orElse(LongStream.range(0, rank).toArray());
  }

  /** One axis after the other; what is cut off is not repeated. */
  static List<Tensor> of(OnnxNodeCase node) {
    long[] pads = node.operand(1).orElseThrow().toLongs();
    long[] axes = axes(node);
    Tensor y = node.operand(0).orElseThrow();
    for (int i = 0; i < axes.length; i++) {
      y = wrapped(y, (int) axes[i], pads[i], pads[i + axes.length]);
    }
    return List.of(y);
  }

  private static Tensor wrapped(Tensor x, int along, long before, long after) {
    int axis = x.shape().axis(along);
    int size = x.shape().size(axis);
    int inner = x.shape().strides()[axis];
    Shape shape = x.shape().with(axis, Dim.of(size + before + after));
    long left = size + Math.min(0, before) + Math.min(0, after);
    double[] y = new double[shape.count()];
    for (int i = 0; i < y.length; i++) {
      int outer = i / inner / shape.size(axis);
      long at = i / inner % shape.size(axis) - Math.max(0, before);
      int place = (int) (Math.floorMod(at, left) - Math.min(0, before));
      y[i] = x.doubleAt((outer * size + place) * inner + i % inner);
    }
    return x.dtype().isFloat()
        ? Tensor.ofDoubles(shape, x.dtype(), y)
        : Tensor.ofIntegers(shape, x.dtype(), Arrays.stream(y).mapToLong(v -> (long) v).toArray());
  }
}
