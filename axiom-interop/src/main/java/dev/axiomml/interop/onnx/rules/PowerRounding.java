package dev.axiomml.interop.onnx.rules;

import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.TensorMemory;
import java.util.Arrays;

/** Ways of rounding a positive number to a power of two. */
enum PowerRounding {
  /** The next one above. */
  UP,
  /** The next one below. */
  DOWN,
  /** The nearer one, the larger of two. */
  NEAREST;

  /** The powers; what lies beyond them becomes the last of them or NaN, negative numbers NaN. */
  Tensor cast(Tensor x, boolean saturate) {
    double[] powers = Arrays.stream(x.toDoubles()).map(this::power).toArray();
    Tensor wide = Tensor.ofDoubles(x.shape(), DType.FLOAT64, powers);
    return saturate
        ? TensorMemory.clamped(wide, DType.FLOAT8_E8M0FNU)
        : wide.to(DType.FLOAT8_E8M0FNU);
  }

  private double power(double x) {
    boolean special = !(x >= Double.MIN_NORMAL && x < Double.POSITIVE_INFINITY);
    if (this == NEAREST || special) {
      return x;
    }
    double below = Math.scalb(1.0, Math.getExponent(x));
    return this == UP && x > below ? 2 * below : below;
  }
}
