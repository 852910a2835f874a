package dev.axiomml.core.op.image;

import dev.axiomml.core.op.common.CommonShapeRules;
import dev.axiomml.core.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * How a resize reads the original.
 *
 * @param scales the factor of each spatial axis that coordinates use, {@code > 0}; empty for new
 *     size / old size
 * @param coordinates where positions lie
 * @param antialias whether shrinking widens the filter, so that every pixel counts
 * @param excludeOutside whether weights beyond the border are zero and the rest grows to a sum of
 *     one, else the border pixel gets them
 */
public record ResizeSampling(
    List<Double> scales, ResizeCoordinates coordinates, boolean antialias, boolean excludeOutside) {
  /** Copies the list; refuses scales that are not positive. */
  public ResizeSampling {
    scales = List.copyOf(scales);
    if (scales.stream().anyMatch(scale -> !(scale > 0 && scale < Double.POSITIVE_INFINITY))) {
      throw new IllegalArgumentException("scales are positive, got " + scales);
    }
  }

  /** Coordinates that follow from the sizes alone, without antialiasing. */
  public static ResizeSampling of(ResizeCoordinates coordinates) {
    return new ResizeSampling(List.of(), coordinates, false, false);
  }

  /** The shape (N, to…, C). */
  Shape out(String operator, Shape in, Shape to) {
    CommonShapeRules.rank(operator, in, to.rank() + 2);
    if (!scales.isEmpty() && scales.size() != to.rank()) {
      throw new IllegalArgumentException(scales + " scale " + to.rank() + " spatial axes");
    }
    return CommonShapeRules.resized(in, to.dims());
  }

  /** The spatial axes of a fixed shape. */
  List<ResizeCoordinates.Axis> axes(Shape in, Shape to) {
    List<ResizeCoordinates.Axis> axes = new ArrayList<>();
    for (int axis = 0; axis < to.rank(); axis++) {
      double scale = scales.isEmpty() ? Double.NaN : scales.get(axis);
      axes.add(new ResizeCoordinates.Axis(in.size(axis + 1), to.size(axis), scale));
    }
    return axes;
  }
}
