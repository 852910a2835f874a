package dev.axiomml.interop.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Where ONNX Runtime lays windows in another way than the standard says. */
final class OnnxWindows {
  private static final List<String> POOLS = List.of("MaxPool", "AveragePool", "LpPool");

  private OnnxWindows() {}

  private static boolean isPool(OnnxNodeCase node) {
    return POOLS.contains(node.op());
  }

  private static boolean isSame(OnnxNodeCase node) {
    return node.has("auto_pad", "SAME_UPPER") || node.has("auto_pad", "SAME_LOWER");
  }

  /** Padding that follows from the size and would be negative along an axis. */
  static boolean shrinksBehindItself(OnnxNodeCase node) {
    boolean transposed = node.op().equals("ConvTranspose");
    if (!(transposed || isPool(node)) || !isSame(node)) {
      return false;
    }
    int[] shape = node.operand(transposed ? 1 : 0).orElseThrow().shape().sizes();
    int axes = shape.length - 2;
    long[] kernel = node.list("kernel_shape", axes);
    long[] strides = node.list("strides", axes);
    long[] dilations = node.list("dilations", axes);
    return IntStream.range(0, axes)
        .anyMatch(
            i -> {
              long width = transposed ? shape[i + 2] : kernel[i];
              return (width - 1) * dilations[i] + 1 < strides[i];
            });
  }

  static boolean leavesDilationsOut(OnnxNodeCase node) {
    boolean dilated = Arrays.stream(node.list("dilations", 1)).anyMatch(step -> step > 1);
    return isPool(node) && isSame(node) && dilated;
  }

  static boolean isValidAndRounded(OnnxNodeCase node) {
    return isPool(node) && node.has("auto_pad", "VALID") && node.has("ceil_mode", 1L);
  }
}
