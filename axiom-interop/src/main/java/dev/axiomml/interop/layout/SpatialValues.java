package dev.axiomml.interop.layout;

import dev.axiomml.core.ir.Value;
import java.util.HashSet;
import java.util.Set;

/** The values of which a spatial operator said that axis 1 is the channels. */
public final class SpatialValues {
  private final Set<Value> taken = new HashSet<>();
  private final Set<Value> made = new HashSet<>();

  /** A spatial operator reads the value. */
  public void takes(Value value) {
    taken.add(value);
  }

  /** A spatial operator answers the value. */
  public void makes(Value value) {
    made.add(value);
  }

  boolean isTaken(Value value) {
    return taken.contains(value);
  }

  boolean isMade(Value value) {
    return made.contains(value);
  }
}
