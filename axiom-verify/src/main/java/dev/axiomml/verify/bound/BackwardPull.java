package dev.axiomml.verify.bound;

import dev.axiomml.core.op.TapReceiver;

/**
 * Pulls coefficients of many rows back through weights: {@code in += out · Wᵀ}.
 *
 * @param out coefficients of the outputs, a row each
 * @param in coefficients of the inputs, added to
 * @param w the weights
 */
record BackwardPull(double[][] out, double[][] in, double[] w) implements TapReceiver {
  @Override
  public void block(int at, int nOut, int from, int nIn, int weight, int row) {
    for (int r = 0; r < out.length; r++) {
      block(out[r], in[r], new int[] {at, nOut, from, nIn, weight, row});
    }
  }

  private void block(double[] a, double[] b, int[] p) {
    for (int i = 0; i < p[3]; i++) {
      int start = p[4] + i * p[5];
      double even = 0;
      double odd = 0;
      int j = 0;
      for (; j + 1 < p[1]; j += 2) {
        even += a[p[0] + j] * w[start + j];
        odd += a[p[0] + j + 1] * w[start + j + 1];
      }
      b[p[2] + i] += even + odd + (j < p[1] ? a[p[0] + j] * w[start + j] : 0);
    }
  }

  @Override
  public void line(int at, int outStep, int from, int inStep, int n, int weight, int weightStep) {
    for (int r = 0; r < out.length; r++) {
      double[] a = out[r];
      double[] b = in[r];
      for (int j = 0; j < n; j++) {
        b[from + j * inStep] += a[at + j * outStep] * (weight < 0 ? 1 : w[weight + j * weightStep]);
      }
    }
  }
}
