package dev.axiomml.interop.pytorch.aten;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Expand;
import dev.axiomml.core.op.Roll;
import dev.axiomml.core.op.Tile;
import dev.axiomml.core.op.Trilu;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** Tensors out of nothing, and tensors repeated. */
final class Making {
  private Making() {}

  static Value full(Call call) {
    Item value = call.item("fill_value");
    DType natural =
        value instanceof Item.Real
            ? DType.FLOAT32
            : value instanceof Item.Flag ? DType.BOOL : DType.INT64;
    return filled(call, call.sizes("size"), call.number("fill_value"), natural);
  }

  static Value filled(Call call, double value) {
    return filled(call, call.sizes("size"), value, DType.FLOAT32);
  }

  /** As large as another tensor and, unless told otherwise, of its element type. */
  static Value like(Call call, double value) {
    Value model = call.tensor("self");
    return filled(call, model.type().shape().dims(), value, model.type().dtype());
  }

  static Value sized(Call call, double value) {
    DType dtype = call.tensor("self").type().dtype();
    return filled(call, call.sizes("size"), value, dtype);
  }

  private static Value filled(Call call, List<Dim> dims, double value, DType natural) {
    Value number = call.constant(value, call.dtype("dtype").orElse(natural));
    return expanded(call, number, new Shape(dims));
  }

  private static Value expanded(Call call, Value x, Shape to) {
    return x.type().shape().equals(to) ? x : call.emit(new Expand(to), x);
  }

  /** Axes of size one made larger; −1 leaves an axis as it is. */
  static Value expand(Call call) {
    Value x = call.tensor("self");
    List<Dim> dims = new ArrayList<>(call.sizes("size"));
    int added = dims.size() - x.type().shape().rank();
    for (int axis = added; axis < dims.size(); axis++) {
      if (dims.get(axis).equals(Dim.of(-1))) {
        dims.set(axis, x.type().shape().dim(axis - added));
      }
    }
    return expanded(call, x, new Shape(dims));
  }

  static Value expandAs(Call call) {
    return expanded(call, call.tensor("self"), call.tensor("other").type().shape());
  }

  /** Another tensor's elements in this one's place. */
  static Value copy(Call call) {
    Value into = call.tensor("self");
    Value from = Promotion.cast(call, call.tensor("src"), into.type().dtype());
    return expanded(call, from, into.type().shape());
  }

  static Value repeat(Call call) {
    Value x = call.tensor("self");
    List<Integer> repeats = call.wholes("repeats");
    while (x.type().shape().rank() < repeats.size()) {
      x = call.inserted(x, 0);
    }
    return call.emit(new Tile(repeats), x);
  }

  /** Numbers from a start, below an end, by a step. */
  static Value arange(Call call) {
    DType dtype = call.dtype("dtype").orElse(natural(call));
    double start = call.number("start");
    double step = call.number("step");
    int count = (int) Math.ceil((call.number("end") - start) / step);
    double[] values =
        LongStream.range(0, Math.max(0, count)).mapToDouble(i -> start + i * step).toArray();
    return call.constant(
        Tensor.ofDoubles(Shape.of(values.length), DType.FLOAT64, values).to(dtype));
  }

  private static DType natural(Call call) {
    boolean whole =
        List.of("start", "end", "step").stream()
            .noneMatch(name -> call.item(name) instanceof Item.Real);
    return whole ? DType.INT64 : DType.FLOAT32;
  }

  static Value scalar(Call call) {
    return call.constant(call.number("s"), call.dtype("dtype").orElse(DType.FLOAT32));
  }

  static Value triangle(Call call, boolean upper) {
    return call.emit(new Trilu(upper, call.whole("diagonal")), call.tensor("self"));
  }

  static Value roll(Call call) {
    return call.emit(new Roll(call.wholes("dims"), call.wholes("shifts")), call.tensor("self"));
  }
}
