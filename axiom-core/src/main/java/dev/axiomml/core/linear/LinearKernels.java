package dev.axiomml.core.linear;

/**
 * The inner loops of linear maps, in double and in single precision; no other class has any. They
 * take their numbers bare, as many as they need. All add by one fused multiply-add a product, in
 * rising order.
 */
final class LinearKernels {
  private LinearKernels() {}

  /**
   * {@code t += Σ rows[row + rowAt[i]] · numbers[number + numberAt[i]]} for {@code from ≤ i < m},
   * the first {@code n} lanes.
   */
  static void rows(
      double[] t,
      int n,
      double[][] rows,
      int row,
      int[] rowAt,
      double[] numbers,
      int number,
      int[] numberAt,
      int from,
      int m) {
    int i = from;
    for (; i + 5 < m; i += 6) {
      six(
          t,
          n,
          rows[row + rowAt[i]],
          rows[row + rowAt[i + 1]],
          rows[row + rowAt[i + 2]],
          rows[row + rowAt[i + 3]],
          rows[row + rowAt[i + 4]],
          rows[row + rowAt[i + 5]],
          numbers[number + numberAt[i]],
          numbers[number + numberAt[i + 1]],
          numbers[number + numberAt[i + 2]],
          numbers[number + numberAt[i + 3]],
          numbers[number + numberAt[i + 4]],
          numbers[number + numberAt[i + 5]]);
    }
    for (; i + 1 < m; i += 2) {
      two(
          t,
          n,
          rows[row + rowAt[i]],
          rows[row + rowAt[i + 1]],
          numbers[number + numberAt[i]],
          numbers[number + numberAt[i + 1]]);
    }
    if (i < m) {
      one(t, n, rows[row + rowAt[i]], numbers[number + numberAt[i]]);
    }
  }

  /** Six rows at once: the shape that the compiler of a JVM makes fullest use of. */
  static void six(
      double[] t,
      int n,
      double[] a0,
      double[] a1,
      double[] a2,
      double[] a3,
      double[] a4,
      double[] a5,
      double w0,
      double w1,
      double w2,
      double w3,
      double w4,
      double w5) {
    for (int k = 0; k < n; k++) {
      double s = Math.fma(w2, a2[k], Math.fma(w1, a1[k], Math.fma(w0, a0[k], t[k])));
      t[k] = Math.fma(w5, a5[k], Math.fma(w4, a4[k], Math.fma(w3, a3[k], s)));
    }
  }

  static void two(double[] t, int n, double[] a0, double[] a1, double w0, double w1) {
    for (int k = 0; k < n; k++) {
      t[k] = Math.fma(w1, a1[k], Math.fma(w0, a0[k], t[k]));
    }
  }

  static void one(double[] t, int n, double[] a0, double w0) {
    for (int k = 0; k < n; k++) {
      t[k] = Math.fma(w0, a0[k], t[k]);
    }
  }

  /** Four numbers times four stretches {@code row} apart, added to one stretch. */
  static void four(
      double[] y, int o, double[] a, int i, int row, double[] b, int j, int step, int n) {
    double w0 = b[j];
    double w1 = b[j + step];
    double w2 = b[j + 2 * step];
    double w3 = b[j + 3 * step];
    for (int k = 0; k < n; k++) {
      double s = Math.fma(w1, a[i + row + k], Math.fma(w0, a[i + k], y[o + k]));
      y[o + k] = Math.fma(w3, a[i + 3 * row + k], Math.fma(w2, a[i + 2 * row + k], s));
    }
  }

  /** Stretches four at a time. @return how many of {@code m} */
  static int fours(
      double[] y, int o, double[] a, int i, int row, double[] b, int j, int step, int n, int m) {
    int r = 0;
    for (; r + 3 < m; r += 4) {
      four(y, o, a, i + r * row, row, b, j + r * step, step, n);
    }
    return r;
  }

  static void scaled(double[] y, int o, double[] a, int i, double w, int n) {
    for (int k = 0; k < n; k++) {
      y[o + k] = Math.fma(w, a[i + k], y[o + k]);
    }
  }

  static void products(double[] y, int o, double[] a, int i, double[] b, int j, int n) {
    for (int k = 0; k < n; k++) {
      y[o + k] = Math.fma(a[i + k], b[j + k], y[o + k]);
    }
  }

  static double dot(
      double from, double[] a, int i, int iStep, double[] b, int j, int jStep, int n) {
    double sum = from;
    for (int k = 0; k < n; k++) {
      sum = Math.fma(a[i + k * iStep], b[j + k * jStep], sum);
    }
    return sum;
  }

  /** Sums eight at a time, {@code oNext} apart. @return how many of {@code m} */
  static int eights(
      double[] y,
      int o,
      int oNext,
      double[] a,
      int i,
      int iStep,
      int iNext,
      double[] b,
      int j,
      int jStep,
      int jNext,
      int n,
      int m) {
    int r = 0;
    for (; r + 7 < m; r += 8) {
      eight(
          y,
          o + r * oNext,
          oNext,
          a,
          i + r * iNext,
          iStep,
          iNext,
          b,
          j + r * jNext,
          jStep,
          jNext,
          n);
    }
    return r;
  }

  /** Eight sums side by side, so that one waits for no other. */
  static void eight(
      double[] y,
      int o,
      int oNext,
      double[] a,
      int i,
      int iStep,
      int iNext,
      double[] b,
      int j,
      int jStep,
      int jNext,
      int n) {
    double s0 = y[o];
    double s1 = y[o + oNext];
    double s2 = y[o + 2 * oNext];
    double s3 = y[o + 3 * oNext];
    double s4 = y[o + 4 * oNext];
    double s5 = y[o + 5 * oNext];
    double s6 = y[o + 6 * oNext];
    double s7 = y[o + 7 * oNext];
    for (int k = 0; k < n; k++) {
      int p = i + k * iStep;
      int q = j + k * jStep;
      s0 = Math.fma(a[p], b[q], s0);
      s1 = Math.fma(a[p + iNext], b[q + jNext], s1);
      s2 = Math.fma(a[p + 2 * iNext], b[q + 2 * jNext], s2);
      s3 = Math.fma(a[p + 3 * iNext], b[q + 3 * jNext], s3);
      s4 = Math.fma(a[p + 4 * iNext], b[q + 4 * jNext], s4);
      s5 = Math.fma(a[p + 5 * iNext], b[q + 5 * jNext], s5);
      s6 = Math.fma(a[p + 6 * iNext], b[q + 6 * jNext], s6);
      s7 = Math.fma(a[p + 7 * iNext], b[q + 7 * jNext], s7);
    }
    y[o] = s0;
    y[o + oNext] = s1;
    y[o + 2 * oNext] = s2;
    y[o + 3 * oNext] = s3;
    y[o + 4 * oNext] = s4;
    y[o + 5 * oNext] = s5;
    y[o + 6 * oNext] = s6;
    y[o + 7 * oNext] = s7;
  }

  static void strided(
      double[] y,
      int o,
      int oStep,
      double[] a,
      int i,
      int iStep,
      double[] b,
      int j,
      int jStep,
      int n) {
    for (int k = 0; k < n; k++) {
      y[o + k * oStep] = Math.fma(a[i + k * iStep], b[j + k * jStep], y[o + k * oStep]);
    }
  }

  /**
   * {@code t += Σ rows[row + rowAt[i]] · numbers[number + numberAt[i]]} for {@code from ≤ i < m},
   * the first {@code n} lanes.
   */
  static void rows(
      float[] t,
      int n,
      float[][] rows,
      int row,
      int[] rowAt,
      float[] numbers,
      int number,
      int[] numberAt,
      int from,
      int m) {
    int i = from;
    for (; i + 5 < m; i += 6) {
      six(
          t,
          n,
          rows[row + rowAt[i]],
          rows[row + rowAt[i + 1]],
          rows[row + rowAt[i + 2]],
          rows[row + rowAt[i + 3]],
          rows[row + rowAt[i + 4]],
          rows[row + rowAt[i + 5]],
          numbers[number + numberAt[i]],
          numbers[number + numberAt[i + 1]],
          numbers[number + numberAt[i + 2]],
          numbers[number + numberAt[i + 3]],
          numbers[number + numberAt[i + 4]],
          numbers[number + numberAt[i + 5]]);
    }
    for (; i + 1 < m; i += 2) {
      two(
          t,
          n,
          rows[row + rowAt[i]],
          rows[row + rowAt[i + 1]],
          numbers[number + numberAt[i]],
          numbers[number + numberAt[i + 1]]);
    }
    if (i < m) {
      one(t, n, rows[row + rowAt[i]], numbers[number + numberAt[i]]);
    }
  }

  /** Six rows at once: the shape that the compiler of a JVM makes fullest use of. */
  static void six(
      float[] t,
      int n,
      float[] a0,
      float[] a1,
      float[] a2,
      float[] a3,
      float[] a4,
      float[] a5,
      float w0,
      float w1,
      float w2,
      float w3,
      float w4,
      float w5) {
    for (int k = 0; k < n; k++) {
      float s = Math.fma(w2, a2[k], Math.fma(w1, a1[k], Math.fma(w0, a0[k], t[k])));
      t[k] = Math.fma(w5, a5[k], Math.fma(w4, a4[k], Math.fma(w3, a3[k], s)));
    }
  }

  static void two(float[] t, int n, float[] a0, float[] a1, float w0, float w1) {
    for (int k = 0; k < n; k++) {
      t[k] = Math.fma(w1, a1[k], Math.fma(w0, a0[k], t[k]));
    }
  }

  static void one(float[] t, int n, float[] a0, float w0) {
    for (int k = 0; k < n; k++) {
      t[k] = Math.fma(w0, a0[k], t[k]);
    }
  }

  /** Four numbers times four stretches {@code row} apart, added to one stretch. */
  static void four(float[] y, int o, float[] a, int i, int row, float[] b, int j, int step, int n) {
    float w0 = b[j];
    float w1 = b[j + step];
    float w2 = b[j + 2 * step];
    float w3 = b[j + 3 * step];
    for (int k = 0; k < n; k++) {
      float s = Math.fma(w1, a[i + row + k], Math.fma(w0, a[i + k], y[o + k]));
      y[o + k] = Math.fma(w3, a[i + 3 * row + k], Math.fma(w2, a[i + 2 * row + k], s));
    }
  }

  /** Stretches four at a time. @return how many of {@code m} */
  static int fours(
      float[] y, int o, float[] a, int i, int row, float[] b, int j, int step, int n, int m) {
    int r = 0;
    for (; r + 3 < m; r += 4) {
      four(y, o, a, i + r * row, row, b, j + r * step, step, n);
    }
    return r;
  }

  static void scaled(float[] y, int o, float[] a, int i, float w, int n) {
    for (int k = 0; k < n; k++) {
      y[o + k] = Math.fma(w, a[i + k], y[o + k]);
    }
  }

  static void products(float[] y, int o, float[] a, int i, float[] b, int j, int n) {
    for (int k = 0; k < n; k++) {
      y[o + k] = Math.fma(a[i + k], b[j + k], y[o + k]);
    }
  }

  static float dot(float from, float[] a, int i, int iStep, float[] b, int j, int jStep, int n) {
    float sum = from;
    for (int k = 0; k < n; k++) {
      sum = Math.fma(a[i + k * iStep], b[j + k * jStep], sum);
    }
    return sum;
  }

  /** Sums eight at a time, {@code oNext} apart. @return how many of {@code m} */
  static int eights(
      float[] y,
      int o,
      int oNext,
      float[] a,
      int i,
      int iStep,
      int iNext,
      float[] b,
      int j,
      int jStep,
      int jNext,
      int n,
      int m) {
    int r = 0;
    for (; r + 7 < m; r += 8) {
      eight(
          y,
          o + r * oNext,
          oNext,
          a,
          i + r * iNext,
          iStep,
          iNext,
          b,
          j + r * jNext,
          jStep,
          jNext,
          n);
    }
    return r;
  }

  /** Eight sums side by side, so that one waits for no other. */
  static void eight(
      float[] y,
      int o,
      int oNext,
      float[] a,
      int i,
      int iStep,
      int iNext,
      float[] b,
      int j,
      int jStep,
      int jNext,
      int n) {
    float s0 = y[o];
    float s1 = y[o + oNext];
    float s2 = y[o + 2 * oNext];
    float s3 = y[o + 3 * oNext];
    float s4 = y[o + 4 * oNext];
    float s5 = y[o + 5 * oNext];
    float s6 = y[o + 6 * oNext];
    float s7 = y[o + 7 * oNext];
    for (int k = 0; k < n; k++) {
      int p = i + k * iStep;
      int q = j + k * jStep;
      s0 = Math.fma(a[p], b[q], s0);
      s1 = Math.fma(a[p + iNext], b[q + jNext], s1);
      s2 = Math.fma(a[p + 2 * iNext], b[q + 2 * jNext], s2);
      s3 = Math.fma(a[p + 3 * iNext], b[q + 3 * jNext], s3);
      s4 = Math.fma(a[p + 4 * iNext], b[q + 4 * jNext], s4);
      s5 = Math.fma(a[p + 5 * iNext], b[q + 5 * jNext], s5);
      s6 = Math.fma(a[p + 6 * iNext], b[q + 6 * jNext], s6);
      s7 = Math.fma(a[p + 7 * iNext], b[q + 7 * jNext], s7);
    }
    y[o] = s0;
    y[o + oNext] = s1;
    y[o + 2 * oNext] = s2;
    y[o + 3 * oNext] = s3;
    y[o + 4 * oNext] = s4;
    y[o + 5 * oNext] = s5;
    y[o + 6 * oNext] = s6;
    y[o + 7 * oNext] = s7;
  }

  static void strided(
      float[] y,
      int o,
      int oStep,
      float[] a,
      int i,
      int iStep,
      float[] b,
      int j,
      int jStep,
      int n) {
    for (int k = 0; k < n; k++) {
      y[o + k * oStep] = Math.fma(a[i + k * iStep], b[j + k * jStep], y[o + k * oStep]);
    }
  }
}
