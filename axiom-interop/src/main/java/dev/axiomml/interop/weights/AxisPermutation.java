package dev.axiomml.interop.weights;

import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.stream.IntStream;

/** Axes put into another order; a tensor whose elements stay where they are is a view. */
final class AxisPermutation {
  private AxisPermutation() {}

  static Tensor permuted(Tensor tensor, int[] order) {
    return isIdentity(tensor.shape(), order)
        ? tensor.reshape(tensor.shape().permuted(order))
        : tensor.permute(order);
  }

  /** Whether elements stay where they are: only axes of size 1 move. */
  private static boolean isIdentity(Shape shape, int[] order) {
    int[] long1 = IntStream.of(order).filter(axis -> shape.size(axis) != 1).toArray();
    return IntStream.range(1, long1.length).allMatch(i -> long1[i - 1] < long1[i]);
  }
}
