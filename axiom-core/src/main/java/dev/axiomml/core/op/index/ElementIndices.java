package dev.axiomml.core.op.index;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.tensor.IndexWalk;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;

/** Element positions that integers of another input state. */
final class ElementIndices {
  private ElementIndices() {}

  /** For each integer its own place in the data, with the axis replaced by the integer. */
  static int[] along(Shape data, Tensor at, int axis) {
    int front = data.axis(axis);
    for (int i = 0; i < data.rank(); i++) {
      if (i != front && at.shape().size(i) > data.size(i)) {
        throw new ShapeException(
            new Diagnosis(
                "positions " + at.shape() + " in " + data,
                "",
                "along each axis but " + front + " there are no more positions than elements",
                "give positions of at most " + data.size(i) + " along axis " + i));
      }
    }
    int[] strides = data.strides();
    int step = strides[front];
    strides[front] = 0;
    int[] from = IndexWalk.walk(at.shape().sizes(), strides);
    for (int i = 0; i < from.length; i++) {
      from[i] += AxisPositions.of(at.longAt(i), data.size(front), "position") * step;
    }
    return from;
  }

  /**
   * For each row of integers, the last axis, the first element of the block it names; the leading
   * batch axes are shared.
   */
  static int[] blocks(Shape data, Tensor rows, int batch) {
    int depth = rows.shape().size(-1);
    int[] strides = data.strides();
    int count =
        depth == 0 ? rows.shape().sub(0, rows.shape().rank() - 1).count() : rows.size() / depth;
    int shared = data.sub(0, batch).count();
    int perBatch = data.sub(batch, data.rank()).count();
    int[] starts = new int[count];
    for (int i = 0; i < count; i++) {
      starts[i] = shared == 0 ? 0 : i / (count / shared) * perBatch;
      for (int k = 0; k < depth; k++) {
        starts[i] +=
            AxisPositions.of(rows.longAt(i * depth + k), data.size(batch + k), "position")
                * strides[batch + k];
      }
    }
    return starts;
  }
}
