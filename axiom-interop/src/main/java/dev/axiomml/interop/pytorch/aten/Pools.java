package dev.axiomml.interop.pytorch.aten;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.AdaptiveAveragePool;
import dev.axiomml.core.op.AdaptiveMaxPool;
import dev.axiomml.core.op.AveragePool;
import dev.axiomml.core.op.Geometry;
import dev.axiomml.core.op.MaxPool;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** Pools of any number of spatial axes. */
final class Pools {
  private static final Item PLACES = new Item.Absent("the places of a pool's maxima");

  private Pools() {}

  static Value max(Call call, int axes) {
    MaxPool op = new MaxPool(geometry(call, axes).dilation(call.wholes("dilation", axes)));
    return call.spatial("self", axes, x -> call.emit(op, x));
  }

  /** The maxima; where they were found is not computed. */
  static Item maxWithIndices(Call call, int axes) {
    return new Item.Many(List.of(new Item.Flow(max(call, axes)), PLACES));
  }

  static Value average(Call call, int axes) {
    Geometry geometry = geometry(call, axes);
    if (axes > 1 && call.given("divisor_override")) {
      call.skip("count_include_pad"); // every window is divided by the same number
      double share = (double) geometry.area() / call.number("divisor_override");
      Value means =
          call.spatial("self", axes, x -> call.emit(new AveragePool(whole(geometry, x), true), x));
      return Arithmetic.scaled(call, means, share);
    }
    AveragePool op = new AveragePool(geometry, call.flag("count_include_pad"));
    return call.spatial("self", axes, x -> call.emit(op, x));
  }

  /** The same windows, those that hang over the end padded: each has all its elements then. */
  private static Geometry whole(Geometry geometry, Value channelsLast) {
    if (!geometry.ceil()) {
      return geometry;
    }
    Shape shape = channelsLast.type().shape();
    List<Dim> windows = geometry.windows("average pool", shape);
    List<Integer> after = new ArrayList<>();
    for (int axis = 0; axis < geometry.rank(); axis++) {
      long strides = (windows.get(axis).value() - 1) * geometry.stride().get(axis);
      long there = shape.dim(axis + 1).value() + geometry.before().get(axis);
      after.add((int) Math.max(0, strides + geometry.kernel().get(axis) - there));
    }
    return geometry.padding(geometry.before(), after).ceil(false);
  }

  private static Geometry geometry(Call call, int axes) {
    List<Integer> kernel = call.wholes("kernel_size", axes);
    List<Integer> stride = call.wholes("stride").isEmpty() ? kernel : call.wholes("stride", axes);
    List<Integer> padding = call.wholes("padding", axes);
    return Geometry.of(kernel)
        .stride(stride)
        .padding(padding, padding)
        .ceil(call.flag("ceil_mode"));
  }

  static Value adaptiveAverage(Call call, int axes) {
    return call.spatial(
        "self", axes, x -> call.emit(new AdaptiveAveragePool(parts(call, axes, x)), x));
  }

  static Item adaptiveMax(Call call, int axes) {
    Value y =
        call.spatial("self", axes, x -> call.emit(new AdaptiveMaxPool(parts(call, axes, x)), x));
    return new Item.Many(List.of(new Item.Flow(y), PLACES));
  }

  /** The wanted sizes; none means that an axis keeps its own. */
  private static List<Integer> parts(Call call, int axes, Value channelsLast) {
    Shape shape = channelsLast.type().shape();
    List<Item> wanted = call.items("output_size");
    List<Integer> parts = new ArrayList<>();
    for (int axis = 0; axis < axes; axis++) {
      Item part = wanted.get(wanted.size() == 1 ? 0 : axis);
      boolean own = part instanceof Item.Nothing;
      parts.add(own ? shape.size(axis + 1) : Math.toIntExact(((Item.Size) part).dim().value()));
    }
    return parts;
  }
}
