package dev.axiomml.verify.fuzz;

import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/** Tensors of one row each as the rows of one. */
final class TensorRows {
  private TensorRows() {}

  /** The rows in order; all of one type. */
  static Tensor stacked(List<Tensor> rows) {
    Shape shape = rows.get(0).shape().with(0, Dim.of(rows.size()));
    if (!rows.get(0).dtype().isFloat()) {
      long[] all = rows.stream().flatMapToLong(row -> Arrays.stream(row.toLongs())).toArray();
      return Tensor.ofIntegers(shape, rows.get(0).dtype(), all);
    }
    int size = rows.get(0).size();
    float[] all = new float[size * rows.size()];
    for (int i = 0; i < rows.size(); i++) {
      System.arraycopy(rows.get(i).toFloats(), 0, all, i * size, size);
    }
    return Tensor.of(shape, all);
  }
}
