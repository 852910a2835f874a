package dev.axiomml.core.op.window;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.op.common.CommonShapeRules;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How windows lie on the spatial axes of a channels-last tensor, one entry an axis.
 *
 * @param kernel window sizes, ≥ 1
 * @param stride steps between windows, ≥ 1
 * @param before padding before the first element; negative crops
 * @param after padding after the last element; negative crops
 * @param dilation distance between a window's elements, ≥ 1
 * @param ceil whether a last window that starts inside the input or its leading padding counts
 *     although it ends outside
 */
public record WindowGeometry(
    List<Integer> kernel,
    List<Integer> stride,
    List<Integer> before,
    List<Integer> after,
    List<Integer> dilation,
    boolean ceil) {
  /** Checks that all lists have one length and that sizes are positive. */
  public WindowGeometry {
    kernel = List.copyOf(kernel);
    stride = List.copyOf(stride);
    before = List.copyOf(before);
    after = List.copyOf(after);
    dilation = List.copyOf(dilation);
    int rank = kernel.size();
    for (List<Integer> list : List.of(stride, before, after, dilation)) {
      if (list.size() != rank) {
        throw new IllegalArgumentException(rank + " kernel sizes, but " + list);
      }
    }
    for (List<Integer> list : List.of(kernel, stride, dilation)) {
      if (list.stream().anyMatch(size -> size < 1)) {
        throw new IllegalArgumentException(
            "kernel, stride and dilation are at least 1, got " + list);
      }
    }
  }

  /** Windows of a size, stride 1, no padding, no dilation. */
  public static WindowGeometry of(List<Integer> kernel) {
    List<Integer> ones = Collections.nCopies(kernel.size(), 1);
    List<Integer> zeros = Collections.nCopies(kernel.size(), 0);
    return new WindowGeometry(kernel, ones, zeros, zeros, ones, false);
  }

  /** The same with another stride. */
  public WindowGeometry stride(List<Integer> other) {
    return new WindowGeometry(kernel, other, before, after, dilation, ceil);
  }

  /** The same with padding. */
  public WindowGeometry padding(List<Integer> first, List<Integer> last) {
    return new WindowGeometry(kernel, stride, first, last, dilation, ceil);
  }

  /** The same with another dilation. */
  public WindowGeometry dilation(List<Integer> other) {
    return new WindowGeometry(kernel, stride, before, after, other, ceil);
  }

  /** The same with another rule for the last window. */
  public WindowGeometry ceil(boolean counts) {
    return new WindowGeometry(kernel, stride, before, after, dilation, counts);
  }

  /** The number of spatial axes. */
  public int rank() {
    return kernel.size();
  }

  /** The number of elements of a window in one channel. */
  public int area() {
    return kernel.stream().reduce(1, Math::multiplyExact);
  }

  /** Elements from a window's first to its last along an axis. */
  public int extent(int axis) {
    return (kernel.get(axis) - 1) * dilation.get(axis) + 1;
  }

  /**
   * The number of windows along each spatial axis of (batch, spatial…, channels). @throws
   * ShapeException when none fits
   */
  public List<Dim> windows(String operator, Shape in) {
    CommonShapeRules.rank(operator, in, rank() + 2);
    List<Dim> out = new ArrayList<>();
    for (int axis = 0; axis < rank(); axis++) {
      out.add(windows(operator, in, axis));
    }
    return out;
  }

  private Dim windows(String operator, Shape in, int axis) {
    int step = stride.get(axis);
    Dim room = in.dim(axis + 1).plus((long) before.get(axis) + after.get(axis) - extent(axis));
    if (room.isFixed() && room.value() < 0) {
      throw tooSmall(operator, in);
    }
    if (!ceil) {
      return room.floorDiv(step).plus(1);
    }
    long beyond = (long) after.get(axis) - extent(axis) + step; // of the last start's bound
    Dim inside = in.dim(axis + 1).plus(before.get(axis) - 1L);
    return beyond >= step
        ? inside.plus(beyond).floorDiv(step)
        : inside.plus(Math.min(0, beyond)).floorDiv(step).plus(1);
  }

  private ShapeException tooSmall(String operator, Shape in) {
    Shape window = Shape.of(kernel.stream().mapToLong(Integer::longValue).toArray());
    return new ShapeException(
        new Diagnosis(
            operator + " " + window + " on " + in,
            "",
            "a window of " + window + dilated() + " must fit into the padded input",
            "add padding with same() or padding(n), or make the kernel smaller"));
  }

  private String dilated() {
    return dilation.stream().allMatch(d -> d == 1) ? "" : " dilated " + dilation;
  }
}
