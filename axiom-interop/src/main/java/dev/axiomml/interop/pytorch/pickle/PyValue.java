package dev.axiomml.interop.pytorch.pickle;

import java.math.BigInteger;

/**
 * What a pickle holds, as inert values.
 *
 * <p>Leaves are equal by value, containers only to themselves: they may share parts and even
 * contain themselves. Nesting is bounded by {@link PickleLimits#depth()}.
 */
public sealed interface PyValue permits PyValue.Leaf, PyItems, PyDict, PyObject, PyExternal {
  /** A value without parts. */
  sealed interface Leaf extends PyValue permits None, Bool, Int, Big, Real, Text, Bytes, Global {}

  /** Python's {@code None}. */
  record None() implements Leaf {}

  /** {@code True} or {@code False}. */
  record Bool(boolean value) implements Leaf {
    @Override
    public String toString() {
      return value ? "True" : "False";
    }
  }

  /** An integer of up to 64 bits. */
  record Int(long value) implements Leaf, Comparable<Int> {
    @Override
    public int compareTo(Int other) {
      return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
      return Long.toString(value);
    }
  }

  /** An integer beyond 64 bits. */
  record Big(BigInteger value) implements Leaf, Comparable<Big> {
    @Override
    public int compareTo(Big other) {
      return value.compareTo(other.value);
    }

    @Override
    public String toString() {
      return value.toString();
    }
  }

  /** A floating-point number. */
  record Real(double value) implements Leaf, Comparable<Real> {
    @Override
    public int compareTo(Real other) {
      return Double.compare(value, other.value);
    }

    @Override
    public String toString() {
      return Double.toString(value);
    }
  }

  /** Text. */
  record Text(String value) implements Leaf, Comparable<Text> {
    @Override
    public int compareTo(Text other) {
      return value.compareTo(other.value);
    }

    @Override
    public String toString() {
      return value;
    }
  }

  /** Bytes, which no writer emits; equal to themselves only. */
  record Bytes(byte[] value) implements Leaf {
    @Override
    public String toString() {
      return value.length + " bytes";
    }
  }

  /**
   * The name of a class or function; only ever a name here.
   *
   * @param module e.g. {@code torch.nn.modules.linear}
   * @param name e.g. {@code Linear}
   */
  record Global(String module, String name) implements Leaf, Comparable<Global> {
    @Override
    public int compareTo(Global other) {
      int first = module.compareTo(other.module);
      return first != 0 ? first : name.compareTo(other.name);
    }

    /** {@code torch.nn.modules.linear.Linear}. */
    @Override
    public String toString() {
      return module + "." + name;
    }
  }
}
