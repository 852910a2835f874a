package dev.axiomml.backend.jni.lowering;

import dev.axiomml.core.tensor.Tensor;

/**
 * How far a convolution by Winograd's algorithm may be off, of inputs of at most 1: γ(c + 14) times
 * the largest of |Aᵀ| (Σ |G| |g| |Gᵀ| ⊙ |Bᵀ| |B|) |A|, the sum over c input channels; see {@code
 * native-kernels/src/winograd.zig}, whose matrices these are by their absolute values.
 *
 * @param input rows of |Bᵀ| summed up
 * @param output |Aᵀ|
 * @param weight |G|
 */
record WinogradBound(double[] input, double[][] output, double[][] weight) {
  private static final int SIDE = 3;
  private static final double UNIT = 0x1p-24;

  /** Pays for the roundings of this computation: sums of positive doubles. */
  private static final double SLACK = 1 + 1e-8;

  private static final WinogradBound TWO =
      new WinogradBound(
          new double[] {2, 2, 2, 2},
          new double[][] {{1, 1, 1, 0}, {0, 1, 1, 1}},
          new double[][] {{1, 0, 0}, {0.5, 0.5, 0.5}, {0.5, 0.5, 0.5}, {0, 0, 1}});
  private static final WinogradBound FOUR =
      new WinogradBound(
          new double[] {10, 10, 10, 6, 6, 10},
          new double[][] {
            {1, 1, 1, 1, 1, 0}, {0, 1, 1, 2, 2, 0}, {0, 1, 1, 4, 4, 0}, {0, 1, 1, 8, 8, 1}
          },
          new double[][] {
            {1 / 4.0, 0, 0},
            {1 / 6.0, 1 / 6.0, 1 / 6.0},
            {1 / 6.0, 1 / 6.0, 1 / 6.0},
            {1 / 24.0, 1 / 12.0, 1 / 6.0},
            {1 / 24.0, 1 / 12.0, 1 / 6.0},
            {0, 0, 1}
          });

  static WinogradBound of(int side) {
    return side == 2 ? TWO : FOUR;
  }

  /** Of weights [3, 3, channels, outputs]. */
  double perUnit(Tensor weights, int channels) {
    int outputs = weights.size() / (SIDE * SIDE * channels);
    double[][] sums = new double[outputs][SIDE * SIDE];
    for (int at = 0; at < weights.size(); at++) {
      sums[at % outputs][at / outputs / channels] += Math.abs(weights.doubleAt(at));
    }
    double largest = 0;
    for (double[] sum : sums) {
      largest = Math.max(largest, largest(sum));
    }
    double roundings = (channels + 14) * UNIT;
    return roundings / (1 - roundings) * largest * SLACK;
  }

  /** Over the outputs of a tile. */
  private double largest(double[] taps) {
    int side = input.length;
    double[] products = new double[side * side];
    for (int i = 0; i < products.length; i++) {
      int r = i / side;
      int s = i % side;
      products[i] = input[r] * input[s] * between(weight[r], weight[s], taps);
    }
    double largest = 0;
    for (double[] down : output) {
      for (double[] across : output) {
        largest = Math.max(largest, between(down, across, products));
      }
    }
    return largest;
  }

  /** A square matrix, row by row, between two vectors. */
  private static double between(double[] left, double[] right, double[] matrix) {
    double sum = 0;
    for (int i = 0; i < matrix.length; i++) {
      sum += left[i / right.length] * right[i % right.length] * matrix[i];
    }
    return sum;
  }
}
