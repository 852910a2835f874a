package dev.axiomml.interop.pytorch.file;

import dev.axiomml.interop.pytorch.pickle.PickleLocation;
import java.util.Arrays;

/** Whether a view's elements all lie in its storage, in arithmetic that does not wrap. */
final class StorageExtents {
  private StorageExtents() {}

  /** The number of elements of a view that fits into a number of elements. */
  static long count(TensorView.Layout layout, long held, PickleLocation site) {
    long[] sizes = layout.sizes();
    long[] strides = layout.strides();
    if (sizes.length != strides.length || sizes.length > 64) {
      throw bad(layout, "sizes and strides speak of the same axes, 64 at most", site);
    }
    if (layout.offset() < 0 || Arrays.stream(sizes).anyMatch(size -> size < 0)) {
      throw bad(layout, "sizes and the storage offset are never negative", site);
    }
    if (Arrays.stream(strides).anyMatch(stride -> stride < 0)) {
      throw bad(layout, "a negative stride is not allowed", site);
    }
    try {
      return inside(layout, held, site);
    } catch (ArithmeticException e) {
      throw bad(layout, "the number of elements is too large: " + e.getMessage(), site);
    }
  }

  private static long inside(TensorView.Layout layout, long held, PickleLocation site) {
    long count = 1;
    long room = 1;
    long last = layout.offset();
    boolean empty = Arrays.stream(layout.sizes()).anyMatch(size -> size == 0);
    for (int axis = 0; axis < layout.sizes().length; axis++) {
      long size = layout.sizes()[axis];
      count = Math.multiplyExact(count, size);
      room = Math.multiplyExact(room, Math.max(1, size));
      if (!empty) {
        last = Math.addExact(last, Math.multiplyExact(size - 1, layout.strides()[axis]));
      }
    }
    if (!empty && last >= held) {
      throw bad(
          layout,
          "its last element, number " + last + ", is beyond the bounds of its storage of " + held,
          site);
    }
    if (room > Integer.MAX_VALUE) {
      throw bad(layout, "the sizes are too large: less than 2³¹ elements are held", site);
    }
    return count;
  }

  private static RuntimeException bad(TensorView.Layout layout, String why, PickleLocation site) {
    return site.damaged(
        "a tensor of sizes %s, strides %s, storage offset %d"
            .formatted(
                Arrays.toString(layout.sizes()),
                Arrays.toString(layout.strides()),
                layout.offset()),
        why);
  }
}
