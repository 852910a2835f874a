package dev.axiomml.core.tensor;

import java.nio.FloatBuffer;
import java.util.Arrays;

/** Floats in another order of axes, in one pass without a table of indices: weights are large. */
final class AxisTransposition {
  private AxisTransposition() {}

  /** Elements of a box of sizes, row-major; each coordinate moves a step through the source. */
  static float[] floats(FloatBuffer from, int[] sizes, int[] steps) {
    int last = sizes.length - 1;
    float[] to = new float[from.limit()];
    int[] rows = Arrays.copyOf(sizes, last);
    int[] at = new int[last];
    int start = 0;
    for (int row = 0; row < to.length; row += sizes[last]) {
      for (int i = 0; i < sizes[last]; i++) {
        to[row + i] = from.get(start + i * steps[last]);
      }
      start = IndexWalk.next(rows, steps, at, start);
    }
    return to;
  }
}
