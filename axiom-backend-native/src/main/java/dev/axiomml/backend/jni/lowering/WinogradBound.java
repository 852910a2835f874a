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
    int at = 0;
    for (int tap = 0; tap < SIDE * SIDE; tap++) {
      for (int i = 0; i < channels; i++) {
        for (int o = 0; o < outputs; o++) {
          sums[o][tap] += Math.abs(weights.doubleAt(at++));
        }
      }
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
    double largest = 0;
    for (double[] down : output) {
      for (double[] across : output) {
        double sum = 0;
        for (int r = 0; r < input.length; r++) {
          for (int s = 0; s < input.length; s++) {
            sum += down[r] * across[s] * input[r] * input[s] * transformed(taps, r, s);
          }
        }
        largest = Math.max(largest, sum);
      }
    }
    return largest;
  }

  private double transformed(double[] taps, int r, int s) {
    double sum = 0;
    for (int a = 0; a < SIDE; a++) {
      for (int b = 0; b < SIDE; b++) {
        sum += weight[r][a] * weight[s][b] * taps[a * SIDE + b];
      }
    }
    return sum;
  }
}
