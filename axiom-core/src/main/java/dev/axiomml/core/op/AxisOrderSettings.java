package dev.axiomml.core.op;

import java.util.Arrays;
import java.util.List;

/** Settings of an operator for axes that are stored in another order. */
public final class AxisOrderSettings {
  private AxisOrderSettings() {}

  /** Where an axis, counted from the front, is stored. */
  public static int stored(int[] order, int axis) {
    for (int i = 0; i < order.length; i++) {
      if (order[i] == axis) {
        return i;
      }
    }
    throw new IllegalArgumentException("no axis " + axis + " in " + Arrays.toString(order));
  }

  /** One entry an axis, in stored order. */
  public static <T> List<T> permuted(List<T> entries, int[] order) {
    return Arrays.stream(order).mapToObj(entries::get).toList();
  }

  /** Whether the last axes, so many, are stored last and in their own order. */
  public static boolean keepsLast(int[] order, int count) {
    for (int axis = order.length - count; axis < order.length; axis++) {
      if (axis < 0 || order[axis] != axis) {
        return false;
      }
    }
    return true;
  }
}
