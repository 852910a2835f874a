package dev.axiomml.verify.bound;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Box;
import java.util.HashMap;
import java.util.Map;

/**
 * Intervals of values that hold on a whole domain and so on each part of it: what a box of a search
 * hands down to its halves. Kept as float32 numbers, rounded outward. Never changes.
 */
public final class KnownRanges {
  /** Nothing known. */
  public static final KnownRanges NONE = new KnownRanges(Map.of());

  private final Map<Value, Ends> ends;

  private record Ends(float[] lo, float[] hi) {}

  private KnownRanges(Map<Value, Ends> ends) {
    this.ends = ends;
  }

  /** What boxes side by side say of one lane. */
  static KnownRanges of(Map<Value, Box> boxes, int lane, int lanes) {
    Map<Value, Ends> ends = new HashMap<>();
    boxes.forEach((value, box) -> ends.put(value, outward(LaneBoxes.lane(box, lane, lanes))));
    return new KnownRanges(ends);
  }

  private static Ends outward(Box box) {
    float[] lo = new float[box.size()];
    float[] hi = new float[box.size()];
    for (int i = 0; i < lo.length; i++) {
      float low = (float) box.lo()[i];
      float high = (float) box.hi()[i];
      lo[i] = low > box.lo()[i] ? Math.nextDown(low) : low;
      hi[i] = high < box.hi()[i] ? Math.nextUp(high) : high;
    }
    return new Ends(lo, hi);
  }

  /** Cuts one lane of a value's boxes to what is known of it. */
  void cut(Value value, Box box, int lane, int lanes) {
    Ends known = ends.get(value);
    for (int i = 0; known != null && i < known.lo.length; i++) {
      int at = i * lanes + lane;
      double lo = Math.max(box.lo()[at], known.lo[i]);
      double hi = Math.min(box.hi()[at], known.hi[i]);
      if (lo <= hi) {
        box.lo()[at] = lo;
        box.hi()[at] = hi;
      }
    }
  }

  /** The memory that it takes, in bytes. */
  public long bytes() {
    return ends.values().stream().mapToLong(e -> 2L * Float.BYTES * e.lo.length).sum();
  }
}
