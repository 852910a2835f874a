package dev.axiomml.verify.bound;

/**
 * The inner loops of backward bounds over the columns of a panel: plain arithmetic on rows of up to
 * 64 numbers, written so that the compiler of a JVM makes lanes of them.
 *
 * <p>A coefficient is taken apart into {@code (a + |a|)/2} and {@code (a − |a|)/2}, which is exact.
 */
final class BoundKernels {
  private BoundKernels() {}

  /** {@code c += b·a − |a|·loss}. */
  static void offset(double[] c, double[] a, double b, double[] loss) {
    for (int k = 0; k < c.length; k++) {
      c[k] += b * a[k] - Math.abs(a[k]) * loss[k];
    }
  }

  /** {@code c −= |a|·loss}. */
  static void lose(double[] c, double[] a, double[] loss) {
    for (int k = 0; k < c.length; k++) {
      c[k] -= Math.abs(a[k]) * loss[k];
    }
  }

  /** {@code c += a⁺·low + a⁻·high}. */
  static void weigh(double[] c, double[] a, double[] low, double[] high) {
    for (int k = 0; k < c.length; k++) {
      double magnitude = Math.abs(a[k]);
      c[k] += 0.5 * (a[k] + magnitude) * low[k] + 0.5 * (a[k] - magnitude) * high[k];
    }
  }

  /** {@code a = a⁺·low + a⁻·high}. */
  static void tilt(double[] a, double[] low, double[] high) {
    for (int k = 0; k < a.length; k++) {
      double magnitude = Math.abs(a[k]);
      a[k] = 0.5 * (a[k] + magnitude) * low[k] + 0.5 * (a[k] - magnitude) * high[k];
    }
  }

  /** {@code sum += more; c −= |sum|·loss}. */
  static void join(double[] sum, double[] more, double[] c, double[] loss) {
    for (int k = 0; k < c.length; k++) {
      sum[k] += more[k];
      c[k] -= Math.abs(sum[k]) * loss[k];
    }
  }
}
