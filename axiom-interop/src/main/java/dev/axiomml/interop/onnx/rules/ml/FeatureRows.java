package dev.axiomml.interop.onnx.rules.ml;

import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.stream.IntStream;

/**
 * A table of features.
 *
 * @param x its numbers, row by row
 * @param count how many rows
 * @param width how many features
 */
record FeatureRows(double[] x, int count, int width) {
  /** Of rank 2; integers count as float32. */
  static FeatureRows of(Tensor table) {
    Tensor wide = table.dtype().isFloat() ? table : table.to(DType.FLOAT32);
    return new FeatureRows(wide.toDoubles(), table.shape().size(0), table.shape().size(1));
  }

  /** What a row becomes that starts at a place. */
  @FunctionalInterface
  interface Row {
    double[] of(double[] x, int start);
  }

  /** Each row as something else. */
  double[][] each(Row row) {
    return IntStream.range(0, count).mapToObj(i -> row.of(x, i * width)).toArray(double[][]::new);
  }

  /** Rows of so many numbers as a tensor. */
  Tensor table(double[][] rows, int columns, DType dtype) {
    double[] all = new double[count * columns];
    for (int i = 0; i < count; i++) {
      System.arraycopy(rows[i], 0, all, i * columns, columns);
    }
    return Tensor.ofDoubles(Shape.of(count, columns), dtype, all);
  }
}
