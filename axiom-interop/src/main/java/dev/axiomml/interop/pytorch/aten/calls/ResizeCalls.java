package dev.axiomml.interop.pytorch.aten.calls;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.image.ResizeCoordinates;
import dev.axiomml.core.op.image.ResizeCubic;
import dev.axiomml.core.op.image.ResizeLinear;
import dev.axiomml.core.op.image.ResizeNearest;
import dev.axiomml.core.op.image.ResizeSampling;
import dev.axiomml.core.op.move.DepthToSpace;
import dev.axiomml.core.op.move.SpaceToDepth;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.interop.pytorch.aten.AtenCall;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BiFunction;

/** Images of another size. */
final class ResizeCalls {
  private static final double CUBIC_SLOPE = -0.75;
  private static final List<String> SCALES = List.of("scales_d", "scales_h", "scales_w", "scales");

  private ResizeCalls() {}

  static Value nearest(AtenCall call, int axes) {
    return resized(
        call,
        axes,
        (to, sampling) -> new ResizeNearest(to, sampling, ResizeNearest.Rounding.FLOOR),
        ResizeCoordinates.ASYMMETRIC);
  }

  /** The nearest pixel by the middles of pixels. */
  static Value nearestExact(AtenCall call, int axes) {
    return resized(
        call,
        axes,
        (to, sampling) -> new ResizeNearest(to, sampling, ResizeNearest.Rounding.TIES_UP),
        ResizeCoordinates.HALF_PIXEL);
  }

  static Value linear(AtenCall call, int axes) {
    return resized(call, axes, ResizeLinear::new, corners(call));
  }

  static Value cubic(AtenCall call) {
    return resized(
        call, 2, (to, sampling) -> new ResizeCubic(to, sampling, CUBIC_SLOPE), corners(call));
  }

  /** What {@code nn.Upsample} does: the mode decides. */
  static Value interpolate(AtenCall call) {
    int axes = call.tensor("input").type().shape().rank() - 2;
    boolean corners = call.text("mode").matches("linear|bilinear|trilinear|bicubic");
    call.skip(corners ? "mode" : "align_corners");
    return switch (call.text("mode")) {
      case "nearest" -> nearest(call, axes);
      case "nearest-exact" -> nearestExact(call, axes);
      case "linear", "bilinear", "trilinear" -> linear(call, axes);
      case "bicubic" -> cubic(call);
      default ->
          throw call.refused(
              "mode " + call.text("mode"),
              "modes are nearest, nearest-exact, linear to trilinear, bicubic",
              "use one of them");
    };
  }

  /** Channels of equal groups dealt out like cards. */
  static Value shuffledChannels(AtenCall call) {
    Value x = call.tensor("self");
    Shape shape = x.type().shape();
    long groups = call.whole("groups");
    List<Dim> dims = new ArrayList<>(shape.dims());
    dims.set(1, shape.dim(1).floorDiv(groups));
    dims.add(1, Dim.of(groups));
    Value dealt = ProductCalls.exchanged(call, call.reshaped(x, dims), 1, 2);
    return call.reshaped(dealt, shape.dims());
  }

  private static ResizeCoordinates corners(AtenCall call) {
    return call.given("align_corners") && call.flag("align_corners")
        ? ResizeCoordinates.ALIGN_CORNERS
        : ResizeCoordinates.HALF_PIXEL;
  }

  private static Value resized(
      AtenCall call,
      int axes,
      BiFunction<Shape, ResizeSampling, Op> make,
      ResizeCoordinates coordinates) {
    List<Double> given = scales(call, axes);
    boolean sizes = coordinates == ResizeCoordinates.ALIGN_CORNERS || recomputed(call);
    List<Double> scales = sizes ? List.of() : given;
    return call.spatial(
        call.knows("input") ? "input" : "self",
        axes,
        x -> {
          Shape to = to(call, x.type().shape().sub(1, axes + 1));
          return call.emit(
              make.apply(to, new ResizeSampling(scales, coordinates, false, false)), x);
        });
  }

  /** Whether only the sizes that the factors lead to count. */
  private static boolean recomputed(AtenCall call) {
    String name = "recompute_scale_factor";
    return call.knows(name) && call.given(name) && call.flag(name);
  }

  /** The sizes wanted, or those that the factors give. */
  private static Shape to(AtenCall call, Shape from) {
    String wanted = call.knows("output_size") ? "output_size" : "size";
    if (call.given(wanted)) {
      List<Dim> dims = call.sizes(wanted);
      return new Shape(dims.size() == 1 ? Collections.nCopies(from.rank(), dims.get(0)) : dims);
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

  private static List<Double> scales(AtenCall call, int axes) {
    List<Double> scales = new ArrayList<>();
    String factors = call.knows("scale_factor") ? "scale_factor" : "scale_factors";
    if (call.knows(factors)) {
      call.items(factors).forEach(item -> scales.add(AtenCall.number(item, factors)));
      return scales.size() == 1 ? Collections.nCopies(axes, scales.get(0)) : scales;
    }
    for (String name : SCALES) {
      if (call.knows(name) && call.given(name)) {
        scales.add(call.number(name));
      }
    }
    if (!scales.isEmpty() && scales.size() < axes) {
      throw call.refused(
          "a resize with a factor for some of its axes",
          "an axis with a factor is read by it, the others by their sizes",
          "give a factor for each axis, or none");
    }
    return scales;
  }

  static Value shuffle(AtenCall call) {
    DepthToSpace op = new DepthToSpace(call.whole("upscale_factor"), false);
    return call.spatial("self", 2, x -> call.emit(op, x));
  }

  static Value unshuffle(AtenCall call) {
    SpaceToDepth op = new SpaceToDepth(call.whole("downscale_factor"), false);
    return call.spatial("self", 2, x -> call.emit(op, x));
  }
}
