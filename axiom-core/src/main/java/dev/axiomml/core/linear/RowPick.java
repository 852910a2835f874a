package dev.axiomml.core.linear;

import java.util.stream.IntStream;

/**
 * The rows of a sum that are reached, and where most numbers are zero only those whose number is
 * not; used by one thread.
 */
final class RowPick {
  /** How many numbers tell whether most are zero. */
  private static final int SAMPLES = 64;

  private final double[][] in;
  private final int[] rowAt;
  private final int[] numberAt;
  private final double[] numbers;
  private final boolean sparse;
  private final double[][] reached;
  private final int[] reachedAt;
  private final double[][] rows;
  private final double[] picked;
  private final int[] rising;
  private int count;
  private int last = -1;

  RowPick(double[][] in, int[] rowAt, int[] numberAt, double[] numbers) {
    this.in = in;
    this.rowAt = rowAt;
    this.numberAt = numberAt;
    this.numbers = numbers;
    this.sparse = isSparse(numbers);
    this.reached = new double[rowAt.length][];
    this.reachedAt = new int[rowAt.length];
    this.rows = sparse ? new double[rowAt.length][] : reached;
    this.picked = new double[sparse ? rowAt.length : 0];
    this.rising = IntStream.range(0, rowAt.length).toArray();
  }

  private static boolean isSparse(double[] numbers) {
    int step = Math.max(1, numbers.length / SAMPLES);
    int zeros = 0;
    for (int i = 0; i < numbers.length; i += step) {
      zeros += numbers[i] == 0 ? 1 : 0;
    }
    return 2L * zeros * step > numbers.length;
  }

  /** Adds a sum's products to a row. @return how many rows were taken */
  int add(double[] t, int row, int number) {
    reach(row);
    int m = sparse ? pick(number) : count;
    double[] factors = sparse ? picked : numbers;
    int first = sparse ? 0 : number;
    LinearKernels.rows(
        t, t.length, rows, 0, rising, factors, first, sparse ? rising : reachedAt, 0, m);
    return m;
  }

  /** Whether a sum takes any row. */
  boolean reaches(int row, int number) {
    reach(row);
    return (sparse ? pick(number) : count) > 0;
  }

  private int pick(int number) {
    int m = 0;
    for (int i = 0; i < count; i++) {
      double w = numbers[number + reachedAt[i]];
      rows[m] = reached[i];
      picked[m] = w;
      m += w == 0 ? 0 : 1;
    }
    return m;
  }

  /** Finds the rows that are reached, mostly those of the sum before. */
  private void reach(int row) {
    if (row == last) {
      return;
    }
    last = row;
    count = 0;
    for (int i = 0; i < rowAt.length; i++) {
      double[] candidate = in[row + rowAt[i]];
      if (candidate != null) {
        reached[count] = candidate;
        reachedAt[count++] = numberAt[i];
      }
    }
  }
}
