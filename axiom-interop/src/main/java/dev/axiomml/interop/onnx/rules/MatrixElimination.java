package dev.axiomml.interop.onnx.rules;

import dev.axiomml.core.linear.LinearEngine;
import dev.axiomml.core.linear.Loop;
import dev.axiomml.core.linear.LoopNest;
import java.util.Arrays;
import java.util.List;

/**
 * A square matrix brought to the identity by steps on whole rows, with the largest pivot of each
 * column; what stands beside the matrix takes part. Changed in place, used by one thread.
 */
public final class MatrixElimination {
  private final double[] rows;
  private final int size;
  private final int width;
  private final LoopNest update;

  /** The rows of a matrix of a size, each with what stands beside it. */
  public MatrixElimination(double[] rows, int size) {
    this.rows = rows;
    this.size = size;
    this.width = rows.length / Math.max(1, size);
    this.update = LoopNest.of(List.of(Loop.of(size, width, 1, 0), Loop.of(width, 1, 0, 1)));
  }

  /**
   * Makes column {@code i} that of the identity.
   *
   * @return by what that divides the determinant; 0, and nothing made, where the rows depend on
   *     each other
   */
  public double step(int i) {
    int best = i;
    for (int r = i + 1; r < size; r++) {
      best = Math.abs(rows[r * width + i]) > Math.abs(rows[best * width + i]) ? r : best;
    }
    double[] by = Arrays.copyOfRange(rows, best * width, (best + 1) * width);
    if (by[i] == 0) {
      return 0;
    }
    System.arraycopy(rows, i * width, rows, best * width, width);
    Arrays.fill(rows, i * width, (i + 1) * width, 0);
    double[] factors = new double[size];
    Arrays.setAll(factors, r -> r == i ? 1 / by[i] : -rows[r * width + i] / by[i]);
    LinearEngine.plain().run(List.of(update), rows, factors, by);
    return best == i ? by[i] : -by[i];
  }
}
