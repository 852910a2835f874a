package dev.axiomml.interop.weights;

import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Memory;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.stream.IntStream;

/** Axes put into another order, in one pass without a table of indices: weights are large. */
final class Axes {
  private Axes() {}

  static Tensor permuted(Tensor tensor, int[] order) {
    if (isIdentity(tensor.shape(), order)) {
      return tensor;
    }
    if (tensor.dtype() != DType.FLOAT32 || order.length < 2) {
      return tensor.permute(order);
    }
    Shape shape = tensor.shape().permuted(order);
    int[] strides = tensor.shape().strides();
    int[] steps = IntStream.of(order).map(axis -> strides[axis]).toArray();
    float[] to = new float[tensor.size()];
    walk(tensor.asFloatBuffer(), to, shape.sizes(), steps);
    return Memory.adopt(shape, to);
  }

  /** Whether elements stay where they are: only axes of size 1 move. */
  private static boolean isIdentity(Shape shape, int[] order) {
    int[] long1 = IntStream.of(order).filter(axis -> shape.size(axis) != 1).toArray();
    return IntStream.range(1, long1.length).allMatch(i -> long1[i - 1] < long1[i]);
  }

  private static void walk(FloatBuffer from, float[] to, int[] sizes, int[] steps) {
    int last = sizes.length - 1;
    int[] at = new int[sizes.length];
    int start = 0;
    for (int row = 0; row < to.length; row += sizes[last]) {
      for (int i = 0; i < sizes[last]; i++) {
        to[row + i] = from.get(start + i * steps[last]);
      }
      start = next(sizes, steps, at, start);
    }
  }

  private static int next(int[] sizes, int[] steps, int[] at, int start) {
    int moved = start;
    for (int axis = sizes.length - 2; axis >= 0; axis--) {
      moved += steps[axis];
      if (++at[axis] < sizes[axis]) {
        return moved;
      }
      moved -= steps[axis] * sizes[axis];
      at[axis] = 0;
    }
    return moved;
  }
}
