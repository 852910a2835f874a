package dev.axiomml.interop.onnx.rules;

import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.onnx.node.OnnxNodeContext;
import java.util.Arrays;
import java.util.Optional;

/**
 * In what type sums of products with 8-bit weights are exact.
 *
 * @param at the node
 * @param weight where the weights are among its operands
 * @param zero where their zero points are; they may be left out
 * @param axis the axis of the weights that numbers the sums
 */
public record ExactSums(OnnxNodeContext at, int weight, int zero, int axis) {
  /** No 8-bit number is further from its zero point. */
  private static final long MOST = 255;

  /** Whole numbers from here on have gaps in float32. */
  private static final long LIMIT = 1 << 24;

  /** The smaller float type that holds every partial sum whatever the other operand is. */
  public DType dtype() {
    Optional<Tensor> weights = at.tensor(weight).filter(w -> w.shape().rank() > axis);
    boolean known = weights.isPresent() && (!at.has(zero) || at.isKnown(zero));
    boolean many = known && axis > 0 && weights.get().shape().rank() > 2;
    return known && !many && largest(weights.get()) * MOST < LIMIT ? DType.FLOAT32 : DType.FLOAT64;
  }

  /** The largest sum of magnitudes. */
  private long largest(Tensor weights) {
    Shape shape = weights.shape();
    long[] zeros = at.tensor(zero).map(Tensor::toLongs).orElse(new long[] {0});
    long[] sums = new long[shape.size(axis)];
    int stride = shape.strides()[axis];
    for (int i = 0; i < weights.size(); i++) {
      int which = i / stride % sums.length;
      sums[which] += Math.abs(weights.longAt(i) - zeros[zeros.length == 1 ? 0 : which]);
    }
    return Arrays.stream(sums).max().orElse(0);
  }
}
