package dev.axiomml.core.tensor;

/** Walks over coordinates in row-major order. */
public final class IndexWalk {
  private IndexWalk() {}

  /** Element offsets of all coordinates of a box of sizes, each coordinate weighed with a step. */
  public static int[] walk(int[] sizes, int[] steps) {
    int count = 1;
    for (int size : sizes) {
      count = Math.multiplyExact(count, size);
    }
    int[] offsets = new int[count];
    int[] at = new int[sizes.length];
    int offset = 0;
    for (int i = 0; i < count; i++) {
      offsets[i] = offset;
      offset = next(sizes, steps, at, offset);
    }
    return offsets;
  }

  /** Goes to the next coordinate of a box, and tells the offset there. */
  static int next(int[] sizes, int[] steps, int[] at, int offset) {
    int moved = offset;
    for (int axis = sizes.length - 1; axis >= 0; axis--) {
      moved += steps[axis];
      if (++at[axis] < sizes[axis]) {
        return moved;
      }
      moved -= steps[axis] * sizes[axis];
      at[axis] = 0;
    }
    return moved;
  }

  /**
   * Strides with which a tensor of {@code from} is read when broadcast to {@code to}: 0 along
   * repeated axes, right-aligned.
   */
  public static int[] broadcast(Shape from, Shape to) {
    int[] strides = from.strides();
    int[] steps = new int[to.rank()];
    int lead = to.rank() - from.rank();
    for (int axis = 0; axis < strides.length; axis++) {
      boolean repeated = from.size(axis) == 1 && to.size(lead + axis) != 1;
      steps[lead + axis] = repeated ? 0 : strides[axis];
    }
    return steps;
  }
}
