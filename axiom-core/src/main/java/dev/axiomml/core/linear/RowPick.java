package dev.axiomml.core.linear;

import java.util.stream.IntStream;

/** The rows of a sum that are reached, with numbers that are not zero; used by one thread. */
final class RowPick {
  private final double[][] in;
  private final int[] rowAt;
  private final int[] numberAt;
  private final double[][] rows;
  private final double[] picked;
  private final int[] rising;

  RowPick(double[][] in, int[] rowAt, int[] numberAt) {
    this.in = in;
    this.rowAt = rowAt;
    this.numberAt = numberAt;
    this.rows = new double[rowAt.length][];
    this.picked = new double[rowAt.length];
    this.rising = IntStream.range(0, rowAt.length).toArray();
  }

  /** Takes those of a sum. @return how many */
  int take(int row, double[] numbers, int number) {
    int m = 0;
    for (int i = 0; i < rowAt.length; i++) {
      double[] candidate = in[row + rowAt[i]];
      double w = numbers[number + numberAt[i]];
      if (candidate != null && w != 0) {
        rows[m] = candidate;
        picked[m++] = w;
      }
    }
    return m;
  }

  /** Adds the {@code m} that were taken to a row. */
  void add(double[] t, int m) {
    LinearKernels.rows(t, t.length, rows, 0, rising, picked, 0, rising, 0, m);
  }
}
