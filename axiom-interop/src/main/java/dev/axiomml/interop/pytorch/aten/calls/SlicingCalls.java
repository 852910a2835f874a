package dev.axiomml.interop.pytorch.aten.calls;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.move.Concat;
import dev.axiomml.core.op.move.Slice;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.interop.pytorch.aten.AtenCall;
import dev.axiomml.interop.pytorch.aten.AtenItem;
import dev.axiomml.interop.pytorch.aten.AxisPatch;
import dev.axiomml.interop.pytorch.aten.TypePromotion;
import java.util.ArrayList;
import java.util.List;

/** Parts of tensors, and tensors put together. */
final class SlicingCalls {
  private SlicingCalls() {}

  static Value cat(AtenCall call) {
    List<Value> parts = new ArrayList<>(call.tensors("tensors"));
    parts.removeIf(SlicingCalls::legacyEmpty);
    int axis = call.axis("dim", parts.get(0));
    if (parts.size() == 1) {
      return parts.get(0);
    }
    List<AtenItem> items = parts.stream().<AtenItem>map(AtenItem.Flow::new).toList();
    DType dtype = TypePromotion.of(items);
    List<Value> alike = parts.stream().map(p -> TypePromotion.cast(call, p, dtype)).toList();
    return call.emitAll(new Concat(axis), alike).get(0);
  }

  /** PyTorch lets empty vectors take part in a concatenation of anything. */
  private static boolean legacyEmpty(Value part) {
    return part.type().shape().equals(Shape.of(0));
  }

  static Value stack(AtenCall call) {
    List<Value> parts = call.tensors("tensors");
    int rank = parts.get(0).type().shape().rank();
    int axis = call.whole("dim");
    int front = axis < 0 ? axis + rank + 1 : axis;
    List<Value> lifted = parts.stream().map(part -> call.inserted(part, front)).toList();
    return lifted.size() == 1 ? lifted.get(0) : call.emitAll(new Concat(front), lifted).get(0);
  }

  /** Pieces of one size, the last perhaps smaller. */
  static List<Value> split(AtenCall call) {
    Value x = call.tensor("self");
    List<Dim> sizes = call.sizes("split_size");
    if (call.item("split_size") instanceof AtenItem.Many) {
      return cut(call, x, sizes);
    }
    return cut(call, x, equal(x.type().shape().dim(call.whole("dim")), sizes.get(0)));
  }

  static List<Value> splitWithSizes(AtenCall call) {
    return cut(call, call.tensor("self"), call.sizes("split_sizes"));
  }

  static List<Value> chunk(AtenCall call) {
    Value x = call.tensor("self");
    Dim size = x.type().shape().dim(call.whole("dim"));
    int chunks = call.whole("chunks");
    return cut(call, x, equal(size, size.plus(chunks - 1L).floorDiv(chunks)));
  }

  static List<Value> unbind(AtenCall call) {
    Value x = call.tensor("self");
    int axis = call.axis("dim", x);
    List<Value> parts = cut(call, x, equal(x.type().shape().dim(axis), Dim.ONE));
    return parts.stream().map(part -> call.removed(part, axis)).toList();
  }

  private static List<Dim> equal(Dim total, Dim size) {
    List<Dim> sizes = new ArrayList<>();
    long left = total.value();
    do {
      sizes.add(Dim.of(Math.min(left, size.value())));
      left -= size.value();
    } while (left > 0);
    return sizes;
  }

  private static List<Value> cut(AtenCall call, Value x, List<Dim> sizes) {
    int axis = call.axis("dim", x);
    List<Value> parts = new ArrayList<>();
    Dim start = Dim.ZERO;
    for (Dim size : sizes) {
      parts.add(part(call, x, new Slice(axis, start, size, 1)));
      start = start.plus(size);
    }
    return parts;
  }

  private static Value part(AtenCall call, Value x, Slice slice) {
    Dim size = x.type().shape().dim(slice.axis());
    boolean whole = slice.start().equals(Dim.ZERO) && slice.count().equals(size);
    return whole && slice.step() == 1 ? x : call.emit(slice, x);
  }

  /** One position of an axis, which is dropped. */
  static Value select(AtenCall call) {
    Value x = call.tensor("self");
    int axis = call.axis("dim", x);
    Dim at = position(call.size("index"), x.type().shape().dim(axis));
    return call.removed(part(call, x, new Slice(axis, at, Dim.ONE, 1)), axis);
  }

  static Value narrow(AtenCall call) {
    Value x = call.tensor("self");
    int axis = call.axis("dim", x);
    Dim start = position(call.size("start"), x.type().shape().dim(axis));
    return part(call, x, new Slice(axis, start, call.size("length"), 1));
  }

  static Value slice(AtenCall call) {
    Value x = call.tensor("self");
    int axis = call.axis("dim", x);
    Dim size = x.type().shape().dim(axis);
    Dim start = call.given("start") ? bounded(call.size("start"), size) : Dim.ZERO;
    Dim end = call.given("end") ? bounded(call.size("end"), size) : size;
    int step = call.whole("step");
    Dim room = end.minus(start);
    Dim count = room.isFixed() && room.value() < 0 ? Dim.ZERO : room;
    return part(call, x, new Slice(axis, start, count.plus(step - 1L).floorDiv(step), step));
  }

  /** A part of an axis replaced. */
  static Value scatter(AtenCall call) {
    Value x = call.tensor("self");
    int axis = call.axis("dim", x);
    Dim size = x.type().shape().dim(axis);
    Dim start = call.given("start") ? bounded(call.size("start"), size) : Dim.ZERO;
    Dim end = call.given("end") ? bounded(call.size("end"), size) : size;
    int step = call.whole("step");
    Dim count = end.minus(start).plus(step - 1L).floorDiv(step);
    return AxisPatch.into(call, x, new Slice(axis, start, count, step), source(call, x));
  }

  /** One position of an axis replaced. */
  static Value scatterOne(AtenCall call) {
    Value x = call.tensor("self");
    int axis = call.axis("dim", x);
    Dim at = position(call.size("index"), x.type().shape().dim(axis));
    Value part = call.inserted(source(call, x), axis);
    return AxisPatch.into(call, x, new Slice(axis, at, Dim.ONE, 1), part);
  }

  /** What is put into a tensor, in the element type that is there. */
  private static Value source(AtenCall call, Value into) {
    return TypePromotion.cast(call, call.tensor("src"), into.type().dtype());
  }

  /** The last position first along each named axis. */
  static Value flip(AtenCall call) {
    Value x = call.tensor("self");
    for (int axis : call.wholes("dims")) {
      x = call.emit(Slice.flip(axis, x.type().shape().dim(axis)), x);
    }
    return x;
  }

  private static Dim position(Dim at, Dim size) {
    return at.isFixed() && at.value() < 0 ? size.plus(at) : at;
  }

  /** A start or end as Python bounds it. */
  private static Dim bounded(Dim at, Dim size) {
    boolean endless = at.isFixed() && at.value() > Integer.MAX_VALUE;
    Dim front = endless ? size : position(at, size);
    Dim beyond = front.minus(size);
    if (beyond.isFixed() && beyond.value() > 0) {
      return size;
    }
    return front.isFixed() && front.value() < 0 ? Dim.ZERO : front;
  }
}
