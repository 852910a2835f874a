package dev.axiomml.interop.pytorch.aten;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.move.Concat;
import dev.axiomml.core.op.move.Slice;
import dev.axiomml.core.op.move.Take;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** Tensors with known places of an axis replaced, the last of several for one place winning. */
public final class AxisPatch {
  private final AtenCall call;
  private final int axis;
  private final long[] places;

  /**
   * Places of an axis.
   *
   * @param places counted from the front, one for each position of a part's axis
   */
  public AxisPatch(AtenCall call, int axis, long[] places) {
    this.call = call;
    this.axis = axis;
    this.places = places.clone();
  }

  /** What a slice would take of a tensor replaced by a part. */
  public static Value into(AtenCall call, Value whole, Slice slice, Value part) {
    int axis = whole.type().shape().axis(slice.axis());
    if (slice.step() == 1) {
      return between(call, whole, new Slice(axis, slice.start(), slice.count(), 1), part);
    }
    long start = slice.start().value();
    long[] places =
        LongStream.range(0, slice.count().value()).map(i -> start + i * slice.step()).toArray();
    return new AxisPatch(call, axis, places).into(whole, part);
  }

  private static Value between(AtenCall call, Value whole, Slice slice, Value part) {
    Dim size = whole.type().shape().dim(slice.axis());
    Dim end = slice.start().plus(slice.count());
    List<Value> parts = new ArrayList<>();
    if (!slice.start().equals(Dim.ZERO)) {
      parts.add(call.emit(new Slice(slice.axis(), Dim.ZERO, slice.start(), 1), whole));
    }
    parts.add(part);
    if (!end.equals(size)) {
      parts.add(call.emit(new Slice(slice.axis(), end, size.minus(end), 1), whole));
    }
    return parts.size() == 1 ? part : call.emitAll(new Concat(slice.axis()), parts).get(0);
  }

  /** A tensor with a part in these places. */
  public Value into(Value whole, Value part) {
    long size = whole.type().shape().dim(axis).value();
    long[] from = LongStream.range(0, size).toArray();
    for (int i = 0; i < places.length; i++) {
      from[(int) places[i]] = size + i;
    }
    Value both = call.emitAll(new Concat(axis), List.of(whole, part)).get(0);
    return call.emit(new Take(axis, Tensor.ofLongs(Shape.of(size), from)), both);
  }
}
