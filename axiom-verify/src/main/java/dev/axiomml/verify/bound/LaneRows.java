package dev.axiomml.verify.bound;

import dev.axiomml.core.linear.LinearEngine;
import java.util.Arrays;

/**
 * A number for each element and lane, spread over the columns of a panel: column {@code c} belongs
 * to lane {@code c mod lanes}. Used by one thread.
 */
final class LaneRows {
  private final double[] numbers;
  private final int lanes;
  private final double[][] rows;
  private final boolean[] finite;

  /**
   * @param numbers of element i and lane l at {@code i·lanes + l}
   */
  LaneRows(double[] numbers, int lanes) {
    this.numbers = numbers;
    this.lanes = lanes;
    this.rows = lanes > 1 ? new double[numbers.length / lanes][] : new double[][] {fresh()};
    this.finite = new boolean[numbers.length / lanes];
    for (int i = 0; i < finite.length; i++) {
      finite[i] = allFinite(i);
    }
  }

  private static double[] fresh() {
    return new double[LinearEngine.WIDTH];
  }

  /** An element's numbers over all columns; of one lane, valid until the next call. */
  double[] of(int element) {
    if (lanes == 1) {
      Arrays.fill(rows[0], numbers[element]);
      return rows[0];
    }
    if (rows[element] == null) {
      rows[element] = spread(element);
    }
    return rows[element];
  }

  private double[] spread(int element) {
    double[] row = fresh();
    System.arraycopy(numbers, element * lanes, row, 0, lanes);
    for (int done = lanes; done < row.length; done *= 2) {
      System.arraycopy(row, 0, row, done, Math.min(done, row.length - done));
    }
    return row;
  }

  /** Whether an element's numbers are finite on all lanes. */
  boolean isFinite(int element) {
    return finite[element];
  }

  /** Whether an element has one number on all lanes. */
  boolean is(int element, double number) {
    boolean same = true;
    for (int l = element * lanes; l < (element + 1) * lanes; l++) {
      same &= numbers[l] == number;
    }
    return same;
  }

  private boolean allFinite(int element) {
    double largest = 0;
    for (int l = element * lanes; l < (element + 1) * lanes; l++) {
      largest += Math.abs(numbers[l]);
    }
    return largest < Double.POSITIVE_INFINITY;
  }
}
