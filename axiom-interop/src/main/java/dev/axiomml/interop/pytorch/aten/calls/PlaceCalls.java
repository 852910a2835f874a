package dev.axiomml.interop.pytorch.aten.calls;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.image.GridSample;
import dev.axiomml.core.op.image.PixelReading;
import dev.axiomml.core.op.index.GatherElements;
import dev.axiomml.core.op.index.ScatterElements;
import dev.axiomml.core.op.index.ScatterReduction;
import dev.axiomml.core.op.linear.MatMul;
import dev.axiomml.core.op.move.Concat;
import dev.axiomml.core.op.move.Take;
import dev.axiomml.core.op.pair.Add;
import dev.axiomml.core.op.pair.Mul;
import dev.axiomml.core.op.pair.Sub;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.layout.AxisOrders;
import dev.axiomml.interop.pytorch.aten.AtenCall;
import dev.axiomml.interop.pytorch.aten.TypePromotion;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Images read at computed positions, windows of an axis, and what is written along one. */
final class PlaceCalls {
  private PlaceCalls() {}

  /** An image read where a grid of numbers from −1 to 1 says, the last axis first. */
  static Value gridSample(AtenCall call) {
    Value grid = call.tensor("grid");
    int axes = grid.type().shape().rank() - 2;
    boolean corners = call.flag("align_corners");
    PixelReading reading = new PixelReading(mode(call), border(call, corners));
    Shape shape = call.tensor("input").type().shape();
    long[] reversed = LongStream.range(0, axes).map(i -> axes - 1 - i).toArray();
    double[] half =
        IntStream.range(0, axes)
            .mapToDouble(i -> (shape.dim(i + 2).value() - (corners ? 1 : 0)) / 2.0)
            .toArray();
    DType dtype = grid.type().dtype();
    Value ordered = call.emit(new Take(-1, Tensor.ofLongs(Shape.of(axes), reversed)), grid);
    Value moved = call.emit(new Add(), ordered, call.constant(1, dtype));
    Value factor = call.constant(Tensor.ofDoubles(Shape.of(axes), dtype, half));
    Value scaled = call.emit(new Mul(), moved, factor);
    Value pixels =
        corners ? scaled : call.emit(new Sub(), scaled, call.constant(0.5, dtype));
    return call.spatial("input", axes, x -> call.emit(new GridSample(reading), x, pixels));
  }

  private static PixelReading.Mode mode(AtenCall call) {
    return switch (call.whole("interpolation_mode")) {
      case 0 -> PixelReading.Mode.LINEAR;
      case 1 -> PixelReading.Mode.NEAREST;
      default -> PixelReading.Mode.CUBIC;
    };
  }

  private static PixelReading.Border border(AtenCall call, boolean corners) {
    return switch (call.whole("padding_mode")) {
      case 0 -> PixelReading.Border.ZEROS;
      case 1 -> PixelReading.Border.CLAMP;
      default ->
          corners ? PixelReading.Border.MIRROR_CENTRES : PixelReading.Border.MIRROR_EDGES;
    };
  }

  /** Affine maps of an even grid from −1 to 1: a product with known positions. */
  static Value affineGrid(AtenCall call) {
    List<Dim> sizes = call.sizes("size");
    List<Dim> spatial = sizes.subList(2, sizes.size());
    Value maps = call.tensor("theta");
    int axes = spatial.size();
    int[] counts = spatial.stream().mapToInt(d -> Math.toIntExact(d.value())).toArray();
    int count = CreationCalls.room(call, IntStream.of(counts).asDoubleStream().reduce(1, (a, b) -> a * b));
    double[] grid = new double[(axes + 1) * count];
    for (int i = 0, rest; i < count; i++) {
      rest = i;
      for (int axis = axes - 1; axis >= 0; axis--) {
        grid[i * (axes + 1) + axes - 1 - axis] = even(call, rest % counts[axis], counts[axis]);
        rest /= counts[axis];
      }
      grid[i * (axes + 1) + axes] = 1;
    }
    Value points =
        call.constant(Tensor.ofDoubles(Shape.of(count, axes + 1), maps.type().dtype(), grid));
    Value moved = call.emit(new MatMul(), points, call.permuted(maps, List.of(0, 2, 1)));
    List<Dim> out = new ArrayList<>(spatial);
    out.add(0, maps.type().shape().dim(0));
    out.add(Dim.of(axes));
    return call.reshaped(moved, out);
  }

  private static double even(AtenCall call, int i, int size) {
    if (call.flag("align_corners")) {
      return size == 1 ? 0 : -1 + 2.0 * i / (size - 1);
    }
    return (2.0 * i + 1) / size - 1;
  }

  /** Windows of an axis, each as a new last axis. */
  static Value windows(AtenCall call) {
    Value x = call.tensor("self");
    int axis = call.axis("dimension", x);
    int size = call.whole("size");
    int step = call.whole("step");
    int count = (x.type().shape().size(axis) - size) / step + 1;
    long[] places =
        LongStream.range(0, CreationCalls.room(call, (double) count * size))
            .map(i -> i / size * step + i % size)
            .toArray();
    Value all = call.emit(new Take(axis, Tensor.ofLongs(Shape.of(count, size), places)), x);
    List<Integer> order = new ArrayList<>(AxisOrders.rising(all.type().shape().rank()));
    order.add(order.remove(axis + 1));
    return call.permuted(all, order);
  }

  /** Rows of an axis replaced by others, or with others added to them. */
  static Value written(AtenCall call, ScatterReduction merging) {
    Value x = call.tensor("self");
    int axis = call.axis("dim", x);
    Value at = TypePromotion.cast(call, call.tensor("index"), DType.INT64);
    Shape rows = x.type().shape().with(axis, at.type().shape().volume());
    List<Dim> beside = new ArrayList<>(Collections.nCopies(rows.rank(), Dim.ONE));
    beside.set(axis, rows.dim(axis));
    Value places = call.expanded(call.reshaped(at, beside), rows);
    return call.emit(new ScatterElements(axis, merging), x, places, source(call, rows));
  }

  private static Value source(AtenCall call, Shape rows) {
    DType dtype = call.tensor("self").type().dtype();
    if (!call.knows("value")) {
      Value from = call.expanded(call.tensor("source"), rows);
      return call.knows("alpha") ? ArithmeticCalls.scaled(call, from, call.number("alpha")) : from;
    }
    return call.expanded(
        call.isTensor("value")
            ? TypePromotion.cast(call, call.tensor("value"), dtype)
            : call.constant(call.number("value"), dtype),
        rows);
  }

  /** Elements where positions along an axis say; the other axes are broadcast. */
  static Value along(AtenCall call) {
    Value x = call.tensor("self");
    int axis = call.axis("dim", x);
    Value at = call.tensor("indices");
    Shape shape = at.type().shape();
    for (int i = 0; i < shape.rank(); i++) {
      boolean wide = i != axis && shape.dim(i).equals(Dim.ONE);
      shape = wide ? shape.with(i, x.type().shape().dim(i)) : shape;
    }
    return call.emit(new GatherElements(axis), x, call.expanded(at, shape));
  }

  /** Tensors one after another along an axis, each with as many axes as that needs. */
  static Value piled(AtenCall call, int axis, int rank) {
    List<Value> parts = new ArrayList<>();
    for (Value part : call.tensors("tensors")) {
      Value lifted = part;
      while (lifted.type().shape().rank() < rank) {
        int own = lifted.type().shape().rank();
        lifted = call.inserted(lifted, axis == 0 && own == 1 || axis == 2 && own == 1 ? 0 : own);
      }
      parts.add(lifted);
    }
    int along = rank == 1 && parts.get(0).type().shape().rank() == 1 ? 0 : axis;
    return parts.size() == 1 ? parts.get(0) : call.emitAll(new Concat(along), parts).get(0);
  }

  /** Ones on a diagonal. */
  static Value eye(AtenCall call) {
    int rows = call.whole("n");
    int columns = call.knows("m") && call.given("m") ? call.whole("m") : rows;
    double[] values = new double[CreationCalls.room(call, (double) rows * columns)];
    for (int i = 0; i < Math.min(rows, columns); i++) {
      values[i * columns + i] = 1;
    }
    DType dtype = call.dtype("dtype").orElse(DType.FLOAT32);
    return call.constant(Tensor.ofDoubles(Shape.of(rows, columns), DType.FLOAT64, values).to(dtype));
  }

  /** Where a triangle of a matrix lies: its rows, then its columns. */
  static Value triangle(AtenCall call, boolean upper) {
    int columns = call.whole("col");
    int offset = call.whole("offset");
    int[] in =
        IntStream.range(0, CreationCalls.room(call, (double) call.whole("row") * columns))
            .filter(
                i ->
                    upper
                        ? i % columns - i / columns >= offset
                        : i % columns - i / columns <= offset)
            .toArray();
    long[] places =
        LongStream.concat(
                IntStream.of(in).mapToLong(i -> i / columns),
                IntStream.of(in).mapToLong(i -> i % columns))
            .toArray();
    return call.constant(Tensor.ofLongs(Shape.of(2, in.length), places));
  }
}
