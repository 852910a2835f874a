package dev.axiomml.interop.pytorch.aten;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Coordinates;
import dev.axiomml.core.op.DepthToSpace;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.ResizeCubic;
import dev.axiomml.core.op.ResizeLinear;
import dev.axiomml.core.op.ResizeNearest;
import dev.axiomml.core.op.Sampling;
import dev.axiomml.core.op.SpaceToDepth;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** Images of another size. */
final class Resizing {
  private static final double CUBIC_SLOPE = -0.75;
  private static final List<String> SCALES = List.of("scales_d", "scales_h", "scales_w");

  private Resizing() {}

  static Value nearest(Call call, int axes) {
    return resized(
        call,
        axes,
        (to, sampling) -> new ResizeNearest(to, sampling, ResizeNearest.Rounding.FLOOR),
        Coordinates.ASYMMETRIC);
  }

  /** The nearest pixel by the middles of pixels. */
  static Value nearestExact(Call call, int axes) {
    return resized(
        call,
        axes,
        (to, sampling) -> new ResizeNearest(to, sampling, ResizeNearest.Rounding.TIES_UP),
        Coordinates.HALF_PIXEL);
  }

  static Value linear(Call call, int axes) {
    return resized(call, axes, ResizeLinear::new, corners(call));
  }

  static Value cubic(Call call) {
    return resized(
        call, 2, (to, sampling) -> new ResizeCubic(to, sampling, CUBIC_SLOPE), corners(call));
  }

  private static Coordinates corners(Call call) {
    return call.flag("align_corners") ? Coordinates.ALIGN_CORNERS : Coordinates.HALF_PIXEL;
  }

  private static Value resized(
      Call call, int axes, BiFunction<Shape, Sampling, Op> make, Coordinates coordinates) {
    List<Double> scales = coordinates == Coordinates.ALIGN_CORNERS ? List.of() : scales(call, axes);
    return call.spatial(
        "input",
        axes,
        x -> {
          Shape to = to(call, x.type().shape().sub(1, axes + 1));
          return call.emit(make.apply(to, new Sampling(scales, coordinates, false, false)), x);
        });
  }

  /** The sizes wanted, or those that the factors give. */
  private static Shape to(Call call, Shape from) {
    if (call.given("output_size")) {
      return new Shape(call.sizes("output_size"));
    }
    List<Double> factors = scales(call, from.rank());
    List<Dim> dims = new ArrayList<>();
    for (int axis = 0; axis < from.rank(); axis++) {
      double factor = factors.get(axis);
      Dim size = from.dim(axis);
      boolean whole = factor == Math.rint(factor);
      dims.add(
          whole ? size.times((long) factor) : Dim.of((long) Math.floor(size.value() * factor)));
    }
    return new Shape(dims);
  }

  private static List<Double> scales(Call call, int axes) {
    List<Double> scales = new ArrayList<>();
    if (call.knows("scale_factors")) {
      call.items("scale_factors").forEach(item -> scales.add(Call.number(item, "scale_factors")));
      return scales;
    }
    for (String name : SCALES.subList(3 - axes, 3)) {
      if (call.knows(name) && call.given(name)) {
        scales.add(call.number(name));
      }
    }
    return scales.size() == axes ? scales : List.of();
  }

  static Value shuffle(Call call) {
    DepthToSpace op = new DepthToSpace(call.whole("upscale_factor"), false);
    return call.spatial("self", 2, x -> call.emit(op, x));
  }

  static Value unshuffle(Call call) {
    SpaceToDepth op = new SpaceToDepth(call.whole("downscale_factor"), false);
    return call.spatial("self", 2, x -> call.emit(op, x));
  }
}
