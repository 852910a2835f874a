package dev.axiomml.interop.onnx.proto;

import java.util.AbstractList;
import java.util.RandomAccess;

/** Float32 numbers without an object each; immutable. */
public final class FloatList extends AbstractList<Float> implements RandomAccess {
  private final float[] values;

  FloatList(float[] values) {
    this.values = values;
  }

  @Override
  public Float get(int index) {
    return values[index];
  }

  @Override
  public int size() {
    return values.length;
  }

  /** A copy. */
  public float[] toFloats() {
    return values.clone();
  }
}
