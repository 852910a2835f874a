package dev.axiomml.core.tensor;

import java.nio.FloatBuffer;

/** Floats in another order of axes, in one pass without a table of indices: weights are large. */
final class Turning {
  private Turning() {}

  /** Elements of a box of sizes, row-major; each coordinate moves a step through the source. */
  static float[] floats(FloatBuffer from, int[] sizes, int[] steps) {
    int last = sizes.length - 1;
    float[] to = new float[from.limit()];
    int[] at = new int[sizes.length];
    int start = 0;
    for (int row = 0; row < to.length; row += sizes[last]) {
      for (int i = 0; i < sizes[last]; i++) {
        to[row + i] = from.get(start + i * steps[last]);
      }
      start = next(sizes, steps, at, start);
    }
    return to;
  }

  private static int next(int[] sizes, int[] steps, int[] at, int start) {
    int moved = start;
    for (int axis = sizes.length - 2; axis >= 0; axis--) {
      moved += steps[axis];
      if (++at[axis] < sizes[axis]) {
        return moved;
      }
      moved -= steps[axis] * sizes[axis];
      at[axis] = 0;
    }
    return moved;
  }
}
