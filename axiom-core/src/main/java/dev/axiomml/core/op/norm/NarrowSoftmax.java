package dev.axiomml.core.op.norm;

import dev.axiomml.core.op.common.ExponentialSums;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.HalfFloats;

/**
 * Softmax in numbers of 16 bits, where each step rounds: difference, exponential, sum, quotient.
 */
final class NarrowSoftmax {
  private NarrowSoftmax() {}

  /**
   * The shares of one lane.
   *
   * @param dtype float16, whose sum is rounded once, or bfloat16, whose sum is rounded at each term
   * @param x numbers of this type
   */
  static double[] of(DType dtype, double[] x) {
    double max = ExponentialSums.largest(x);
    double[] y = new double[x.length];
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      y[i] = rounded(dtype, StrictMath.exp(rounded(dtype, x[i] - max)));
      sum = dtype == DType.BFLOAT16 ? rounded(dtype, sum + y[i]) : sum + y[i];
    }
    double whole = rounded(dtype, sum);
    for (int i = 0; i < x.length; i++) {
      y[i] = rounded(dtype, y[i] / whole);
    }
    return y;
  }

  private static double rounded(DType dtype, double x) {
    float wide = (float) x;
    return dtype == DType.FLOAT16
        ? HalfFloats.fromFloat16(HalfFloats.toFloat16(wide))
        : HalfFloats.fromBfloat16(HalfFloats.toBfloat16(wide));
  }
}
