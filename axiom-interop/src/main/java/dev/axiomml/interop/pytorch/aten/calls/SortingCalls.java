package dev.axiomml.interop.pytorch.aten.calls;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.index.TopK;
import dev.axiomml.core.op.move.Expand;
import dev.axiomml.core.op.move.Pad;
import dev.axiomml.core.op.move.Slice;
import dev.axiomml.core.op.move.Take;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.pytorch.aten.AtenCall;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Elements in order, on a diagonal, or several times. */
final class SortingCalls {
  private SortingCalls() {}

  /** All elements of an axis in order, and where they were. */
  static List<Value> sort(AtenCall call) {
    Value x = call.tensor("self");
    int axis = call.axis("dim", x);
    int size = x.type().shape().size(axis);
    return call.emitAll(new TopK(size, axis, call.flag("descending")), List.of(x));
  }

  /** The middle element of an axis, the lower of two, and where it was. */
  static List<Value> median(AtenCall call) {
    Value x = call.tensor("self");
    return smallest(call, (x.type().shape().size(call.axis("dim", x)) + 1) / 2);
  }

  /** The k-th smallest element of an axis, and where it was. */
  static List<Value> smallest(AtenCall call, int k) {
    Value x = call.tensor("self");
    int axis = call.axis("dim", x);
    boolean keep = call.flag("keepdim");
    return call.emitAll(new TopK(k, axis, false), List.of(x)).stream()
        .map(all -> call.emit(Slice.of(axis, k - 1L, 1), all))
        .map(one -> keep ? one : call.removed(one, axis))
        .toList();
  }

  /** What lies on a diagonal of two axes, as the last axis. */
  static Value diagonal(AtenCall call) {
    Value x = call.tensor("self");
    int first = call.axis("dim1", x);
    int second = call.axis("dim2", x);
    List<Integer> order =
        new ArrayList<>(IntStream.range(0, x.type().shape().rank()).boxed().toList());
    order.removeAll(List.of(first, second));
    order.addAll(List.of(first, second));
    Value last = call.permuted(x, order);
    long rows = x.type().shape().dim(first).value();
    long columns = x.type().shape().dim(second).value();
    long offset = call.whole("offset");
    long[] places =
        LongStream.range(0, CreationCalls.room(call, (double) rows))
            .filter(i -> i + offset >= 0 && i + offset < columns)
            .map(i -> i * columns + i + offset)
            .toArray();
    List<Dim> dims = new ArrayList<>(last.type().shape().dims().subList(0, order.size() - 2));
    dims.add(Dim.of(rows * columns));
    Value flat = call.reshaped(last, dims);
    return call.emit(
        new Take(dims.size() - 1, Tensor.ofLongs(Shape.of(places.length), places)), flat);
  }

  /** Each element of an axis several times in a row. */
  static Value repeated(AtenCall call) {
    Value x = call.tensor("self");
    Value flat = call.given("dim") ? x : call.reshaped(x, List.of(x.type().shape().volume()));
    int axis = call.given("dim") ? call.axis("dim", x) : 0;
    return repeated(call, flat, axis, call.size("repeats"));
  }

  static Value repeated(AtenCall call, Value flat, int axis, Dim times) {
    Value wide = call.inserted(flat, axis + 1);
    Value spread = call.emit(new Expand(wide.type().shape().with(axis + 1, times)), wide);
    Dim all = flat.type().shape().dim(axis).times(times);
    return call.reshaped(spread, flat.type().shape().with(axis, all).dims());
  }

  /** Windows of an image as columns. */
  static Value columns(AtenCall call) {
    List<Integer> border = new ArrayList<>(List.of(0, 0));
    border.addAll(call.wholes("padding", 2));
    Value x = call.emit(new Pad(border, border, 0), call.tensor("self"));
    List<Integer> kernel = call.wholes("kernel_size", 2);
    Shape shape = x.type().shape();
    Value rows = windows(call, x, 2, 0);
    Value all = windows(call, rows, 4, 1);
    long down = all.type().shape().dim(3).value();
    long right = all.type().shape().dim(5).value();
    Value turned = call.permuted(all, List.of(0, 1, 2, 4, 3, 5));
    Dim width = shape.dim(1).times((long) kernel.get(0) * kernel.get(1));
    return call.reshaped(turned, List.of(shape.dim(0), width, Dim.of(down * right)));
  }

  /** An axis as (position in the window, window). */
  private static Value windows(AtenCall call, Value x, int axis, int which) {
    int kernel = call.wholes("kernel_size", 2).get(which);
    int step = call.wholes("stride", 2).get(which);
    int apart = call.wholes("dilation", 2).get(which);
    int size = x.type().shape().size(axis);
    int count = (size - apart * (kernel - 1) - 1) / step + 1;
    long[] places =
        IntStream.range(0, kernel * count)
            .mapToLong(i -> (long) i / count * apart + (long) i % count * step)
            .toArray();
    return call.emit(new Take(axis, Tensor.ofLongs(Shape.of(kernel, count), places)), x);
  }
}
