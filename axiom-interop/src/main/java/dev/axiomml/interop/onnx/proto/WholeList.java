package dev.axiomml.interop.onnx.proto;

import java.util.AbstractList;
import java.util.RandomAccess;

/** Whole numbers without an object each; immutable. */
public final class WholeList extends AbstractList<Long> implements RandomAccess {
  private final long[] values;

  WholeList(long[] values) {
    this.values = values;
  }

  @Override
  public Long get(int index) {
    return values[index];
  }

  @Override
  public int size() {
    return values.length;
  }

  /** A copy. */
  public long[] toLongs() {
    return values.clone();
  }
}
