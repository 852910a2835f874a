package dev.axiomml.core.tensor;

import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Where the elements of a float32 tensor come from: memory, the strides in which it is read, and
 * factors of the last axis.
 *
 * <p>Element {@code i}, row-major, is the number at the place that the axes give, times each factor
 * {@code i % channels} in double precision one after the other, rounded once. Two sources are equal
 * where they read the same memory in the same way; numbers are not compared.
 */
public final class FloatSource {
  private final ElementStore memory;
  private final int start;
  private final List<DerivedFloats.Axis> axes;
  private final List<double[]> factors;

  FloatSource(
      ElementStore memory, int start, List<DerivedFloats.Axis> axes, List<double[]> factors) {
    this.memory = memory;
    this.start = start;
    this.axes = axes;
    this.factors = factors;
  }

  /** The memory where it is direct and in the machine's order. */
  public Optional<FloatBuffer> direct() {
    return memory instanceof ElementStore.Bytes bytes
            && bytes.memory().isDirect()
            && ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN
        ? Optional.of(bytes.memory().asFloatBuffer())
        : Optional.empty();
  }

  /** The memory as an array, its own where it is one; read only. */
  public float[] array() {
    if (memory instanceof ElementStore.Floats floats) {
      return floats.array();
    }
    float[] values = new float[memory.length()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) memory.number(i);
    }
    return values;
  }

  /** The place of the first element in the memory. */
  public int start() {
    return start;
  }

  /** The number of axes; one of size 1 is left out. */
  public int axes() {
    return axes.size();
  }

  /** The size of an axis, the outermost being 0. */
  public int size(int axis) {
    return axes.get(axis).size();
  }

  /** Elements of memory from one place of an axis to the next. */
  public int step(int axis) {
    return axes.get(axis).step();
  }

  /** The factors, each of the same number of channels; read only. */
  public List<double[]> factors() {
    return factors;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FloatSource that
        && isSame(memory, that.memory)
        && start == that.start
        && axes.equals(that.axes)
        && Arrays.deepEquals(factors.toArray(), that.factors.toArray());
  }

  private static boolean isSame(ElementStore a, ElementStore b) {
    return identity(a) == identity(b)
        || (a instanceof ElementStore.Same x
            && b instanceof ElementStore.Same y
            && x.length() == y.length()
            && Float.compare(x.value(), y.value()) == 0);
  }

  private static Object identity(ElementStore store) {
    return store instanceof ElementStore.Floats floats
        ? floats.array()
        : store instanceof ElementStore.Bytes bytes ? bytes.memory() : store;
  }

  @Override
  public int hashCode() {
    return 31 * start + axes.hashCode();
  }
}
