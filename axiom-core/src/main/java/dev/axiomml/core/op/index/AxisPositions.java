package dev.axiomml.core.op.index;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.tensor.Tensor;
import java.util.Arrays;

/** Positions along an axis that are computed. */
final class AxisPositions {
  private AxisPositions() {}

  /** Positions counted from the front. @throws ShapeException when one lies beyond the axis */
  static int[] of(Tensor positions, int size, String operator) {
    return Arrays.stream(positions.toLongs()).mapToInt(i -> of(i, size, operator)).toArray();
  }

  static int of(long position, int size, String operator) {
    if (position < -size || position >= size) {
      throw new ShapeException(
          new Diagnosis(
              operator + " of position " + position + " on an axis of " + size,
              "",
              "positions lie from -" + size + " to " + (size - 1),
              "check what computes the positions"));
    }
    return (int) (position < 0 ? position + size : position);
  }
}
