package dev.axiomml.core.op;

import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Halves;

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
    double max = Exponentials.largest(x);
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
        ? Halves.fromFloat16(Halves.toFloat16(wide))
        : Halves.fromBfloat16(Halves.toBfloat16(wide));
  }
}
