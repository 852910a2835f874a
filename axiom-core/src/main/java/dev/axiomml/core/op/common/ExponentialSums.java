package dev.axiomml.core.op.common;

/** What softmax and logarithms of sums of exponentials share. */
public final class ExponentialSums {
  private ExponentialSums() {}

  /** The largest, NaN if one is. */
  public static double largest(double[] x) {
    double max = Double.NEGATIVE_INFINITY;
    for (double v : x) {
      max = Math.max(max, v);
    }
    return max;
  }

  /**
   * Absolute error of {@code max + ln Σ exp(xⱼ − max)}, or of {@code xᵢ} less that, with answer
   * {@code y}.
   *
   * <p>A difference d = xⱼ − max is rounded, which moves exp(d) by at most |d|·exp(d)·u ≤ 0.37u of
   * the sum, which is at least 1; each exp is within 4 ulps (8u), the sum of n terms within n·u, so
   * its logarithm within (n + 10)u; the logarithm is at most ln n and within 4 ulps; the last sums
   * round results no larger than {@code |y|} and ln n together.
   */
  public static double margin(double y, int n) {
    return RealInterval.U * 1.01 * (2 * Math.abs(y) + n + 10 + 10 * StrictMath.log(Math.max(1, n)));
  }
}
