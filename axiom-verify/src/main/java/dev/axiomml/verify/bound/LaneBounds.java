package dev.axiomml.verify.bound;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Box;
import java.util.HashMap;
import java.util.Map;

/** Boxes around every value of a graph on one domain. Used by one thread. */
public final class LaneBounds {
  private final BoundState relaxed;
  private final int lane;
  private final Map<Value, Box> boxes = new HashMap<>();

  LaneBounds(BoundState relaxed, int lane) {
    this.relaxed = relaxed;
    this.lane = lane;
  }

  /** The box of a value. */
  public Box box(Value value) {
    return boxes.computeIfAbsent(value, v -> relaxed.box(v, lane));
  }
}
