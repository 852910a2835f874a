package dev.axiomml.interop.onnx.proto;

import java.util.AbstractList;
import java.util.RandomAccess;

/** Float64 numbers without an object each; immutable. */
public final class DoubleList extends AbstractList<Double> implements RandomAccess {
  private final double[] values;

  DoubleList(double[] values) {
    this.values = values;
  }

  @Override
  public Double get(int index) {
    return values[index];
  }

  @Override
  public int size() {
    return values.length;
  }

  /** A copy. */
  public double[] toDoubles() {
    return values.clone();
  }
}
