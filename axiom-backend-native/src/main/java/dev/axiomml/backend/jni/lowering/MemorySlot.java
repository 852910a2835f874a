package dev.axiomml.backend.jni.lowering;

/**
 * Where a value's float32 elements lie, dense and row-major.
 *
 * @param space the kind of memory
 * @param index which weight, intermediate value, input or output
 * @param count elements
 */
public record MemorySlot(Space space, int index, int count) {
  /** The kinds of memory. */
  public enum Space {
    /** An intermediate value: a place in the arena. */
    ARENA(0),
    /** A constant. */
    WEIGHTS(1),
    /** The caller's. */
    INPUT(2),
    /** The caller's. */
    OUTPUT(3);

    private final int number;

    Space(int number) {
      this.number = number;
    }

    /** Its number in a program. */
    public int number() {
      return number;
    }
  }

  public boolean isIntermediate() {
    return space == Space.ARENA;
  }

  /** Whether both lie at the same place. */
  public boolean sameMemory(MemorySlot other) {
    return space == other.space && index == other.index;
  }
}
