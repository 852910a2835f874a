package dev.axiomml.interop.pytorch.aten;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.AdaptiveAveragePool;
import dev.axiomml.core.op.AdaptiveMaxPool;
import dev.axiomml.core.op.AveragePool;
import dev.axiomml.core.op.Geometry;
import dev.axiomml.core.op.MaxPool;
import dev.axiomml.core.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** Pools of any number of spatial axes. */
final class Pools {
  private Pools() {}

  static Value max(Call call, int axes) {
    MaxPool op = new MaxPool(geometry(call, axes).dilation(call.wholes("dilation", axes)));
    return call.spatial("self", axes, x -> call.emit(op, x));
  }

  /** The maxima; where they were found is not offered. */
  static Item maxWithIndices(Call call, int axes) {
    return new Item.Many(List.of(new Item.Flow(max(call, axes)), Item.NOTHING));
  }

  static Value average(Call call, int axes) {
    Geometry geometry = geometry(call, axes);
    if (axes > 1 && call.given("divisor_override")) {
      double share = (double) geometry.area() / call.number("divisor_override");
      AveragePool sums = new AveragePool(geometry, true);
      return Arithmetic.scaled(call, call.spatial("self", axes, x -> call.emit(sums, x)), share);
    }
    AveragePool op = new AveragePool(geometry, call.flag("count_include_pad"));
    return call.spatial("self", axes, x -> call.emit(op, x));
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
    return new Item.Many(List.of(new Item.Flow(y), Item.NOTHING));
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
