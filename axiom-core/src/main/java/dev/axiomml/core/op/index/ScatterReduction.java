package dev.axiomml.core.op.index;

import dev.axiomml.core.op.common.WrappingIntegers;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Tensor;
import java.util.stream.IntStream;

/** How an element is combined with what is written to it. */
public enum ScatterReduction {
  /** The new value, the last one where there are several. */
  REPLACE,
  /** The sum. */
  ADD,
  /** The product. */
  MUL,
  /** The smaller. */
  MIN,
  /** The larger. */
  MAX;

  /** Writes updates to places of the data; floats are merged in double and rounded once. */
  Tensor into(Tensor data, int[] places, Tensor updates) {
    if (this == REPLACE
        && !data.dtype().isInteger()
        && !data.dtype().isFloat()
        && data.dtype() != DType.BOOL) {
      String[] texts =
          IntStream.range(0, data.size()).mapToObj(data::textAt).toArray(String[]::new);
      for (int i = 0; i < places.length; i++) {
        texts[places[i]] = updates.textAt(i);
      }
      return Tensor.ofTexts(data.shape(), texts);
    }
    return data.dtype().isFloat() ? floats(data, places, updates) : integers(data, places, updates);
  }

  private Tensor floats(Tensor data, int[] places, Tensor updates) {
    double[] y = data.toDoubles();
    for (int i = 0; i < places.length; i++) {
      double old = y[places[i]];
      double u = updates.doubleAt(i);
      y[places[i]] =
          switch (this) {
            case REPLACE -> u;
            case ADD -> old + u;
            case MUL -> old * u;
            case MIN -> Math.min(old, u);
            case MAX -> Math.max(old, u);
          };
    }
    return Tensor.ofDoubles(data.shape(), data.dtype(), y);
  }

  private Tensor integers(Tensor data, int[] places, Tensor updates) {
    long[] y = data.toLongs();
    for (int i = 0; i < places.length; i++) {
      long old = y[places[i]];
      long u = updates.longAt(i);
      boolean less = WrappingIntegers.compare(data.dtype(), old, u) < 0;
      y[places[i]] =
          switch (this) {
            case REPLACE -> u;
            case ADD -> old + u;
            case MUL -> old * u;
            case MIN -> less ? old : u;
            case MAX -> less ? u : old;
          };
    }
    return Tensor.ofIntegers(data.shape(), data.dtype(), y);
  }
}
