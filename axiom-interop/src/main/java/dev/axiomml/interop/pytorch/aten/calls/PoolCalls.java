package dev.axiomml.interop.pytorch.aten.calls;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.window.AdaptiveAveragePool;
import dev.axiomml.core.op.window.AdaptiveMaxPool;
import dev.axiomml.core.op.window.AveragePool;
import dev.axiomml.core.op.window.MaxPool;
import dev.axiomml.core.op.window.WindowGeometry;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.interop.pytorch.aten.AtenCall;
import dev.axiomml.interop.pytorch.aten.AtenItem;
import java.util.ArrayList;
import java.util.List;

/** Pools of any number of spatial axes. */
final class PoolCalls {
  private static final AtenItem PLACES = new AtenItem.Absent("the places of a pool's maxima");

  private PoolCalls() {}

  static Value max(AtenCall call, int axes) {
    MaxPool op = new MaxPool(geometry(call, axes).dilation(call.wholes("dilation", axes)));
    return call.spatial("self", axes, x -> call.emit(op, x));
  }

  /** The maxima; where they were found is not computed. */
  static AtenItem maxWithIndices(AtenCall call, int axes) {
    return new AtenItem.Many(List.of(new AtenItem.Flow(max(call, axes)), PLACES));
  }

  static Value average(AtenCall call, int axes) {
    WindowGeometry geometry = geometry(call, axes);
    if (axes > 1 && call.given("divisor_override")) {
      call.skip("count_include_pad"); // every window is divided by the same number
      double share = (double) geometry.area() / call.number("divisor_override");
      Value means =
          call.spatial("self", axes, x -> call.emit(new AveragePool(whole(geometry, x), true), x));
      return ArithmeticCalls.scaled(call, means, share);
    }
    AveragePool op = new AveragePool(geometry, call.flag("count_include_pad"));
    return call.spatial("self", axes, x -> call.emit(op, x));
  }

  /** The same windows, those that hang over the end padded: each has all its elements then. */
  private static WindowGeometry whole(WindowGeometry geometry, Value channelsLast) {
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

  private static WindowGeometry geometry(AtenCall call, int axes) {
    List<Integer> kernel = call.wholes("kernel_size", axes);
    List<Integer> stride = call.wholes("stride").isEmpty() ? kernel : call.wholes("stride", axes);
    List<Integer> padding = call.wholes("padding", axes);
    return WindowGeometry.of(kernel)
        .stride(stride)
        .padding(padding, padding)
        .ceil(call.flag("ceil_mode"));
  }

  static Value adaptiveAverage(AtenCall call, int axes) {
    return call.spatial(
        "self", axes, x -> call.emit(new AdaptiveAveragePool(parts(call, axes, x)), x));
  }

  static AtenItem adaptiveMax(AtenCall call, int axes) {
    Value y =
        call.spatial("self", axes, x -> call.emit(new AdaptiveMaxPool(parts(call, axes, x)), x));
    return new AtenItem.Many(List.of(new AtenItem.Flow(y), PLACES));
  }

  /** The wanted sizes; none means that an axis keeps its own. */
  private static List<Integer> parts(AtenCall call, int axes, Value channelsLast) {
    Shape shape = channelsLast.type().shape();
    List<AtenItem> wanted = call.items("output_size");
    List<Integer> parts = new ArrayList<>();
    for (int axis = 0; axis < axes; axis++) {
      AtenItem part = wanted.get(wanted.size() == 1 ? 0 : axis);
      boolean own = part instanceof AtenItem.Nothing;
      parts.add(own ? shape.size(axis + 1) : Math.toIntExact(((AtenItem.Size) part).dim().value()));
    }
    return parts;
  }
}
