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

  static KnownRanges of(Map<Value, Box> boxes) {
    Map<Value, Ends> ends = new HashMap<>();
    boxes.forEach((value, box) -> ends.put(value, outward(box)));
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

  /** What is known of a value together with a box of it; the box itself where nothing is. */
  Box meet(Value value, Box box) {
    Ends known = ends.get(value);
    if (known == null) {
      return box;
    }
    Box met = new Box(box.lo().clone(), box.hi().clone());
    for (int i = 0; i < known.lo.length; i++) {
      double lo = Math.max(box.lo()[i], known.lo[i]);
      double hi = Math.min(box.hi()[i], known.hi[i]);
      if (lo <= hi) {
        met.lo()[i] = lo;
        met.hi()[i] = hi;
      }
    }
    return met;
  }

  /** The memory that it takes, in bytes. */
  public long bytes() {
    return ends.values().stream().mapToLong(e -> 2L * Float.BYTES * e.lo.length).sum();
  }
}
