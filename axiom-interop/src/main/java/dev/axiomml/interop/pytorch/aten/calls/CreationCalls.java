package dev.axiomml.interop.pytorch.aten.calls;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.move.Roll;
import dev.axiomml.core.op.move.Tile;
import dev.axiomml.core.op.move.Trilu;
import dev.axiomml.core.op.pair.Compare;
import dev.axiomml.core.op.pair.Where;
import dev.axiomml.core.op.reduce.CumSum;
import dev.axiomml.core.op.scalar.IsNan;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.pytorch.aten.AtenCall;
import dev.axiomml.interop.pytorch.aten.AtenItem;
import dev.axiomml.interop.pytorch.aten.TypePromotion;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Tensors out of nothing, and tensors repeated. */
final class CreationCalls {
  private static final int MOST_ELEMENTS = 1 << 24;

  private CreationCalls() {}

  /** As many elements as a call may make out of nothing. @throws ModelImportException beyond */
  static int room(AtenCall call, double elements) {
    if (!(elements <= MOST_ELEMENTS)) {
      throw call.refused(
          "a constant of " + elements + " elements",
          "tensors that a call makes out of nothing have at most " + MOST_ELEMENTS,
          "make it part of the model's weights, or smaller");
    }
    return (int) Math.max(0, elements);
  }

  static Value full(AtenCall call) {
    AtenItem value = call.item("fill_value");
    DType natural =
        value instanceof AtenItem.Real
            ? DType.FLOAT32
            : value instanceof AtenItem.Flag ? DType.BOOL : DType.INT64;
    return filled(call, call.sizes("size"), call.number("fill_value"), natural);
  }

  static Value filled(AtenCall call, double value) {
    return filled(call, call.sizes("size"), value, DType.FLOAT32);
  }

  /** As large as another tensor and, unless stated otherwise, of its element type. */
  static Value like(AtenCall call, double value) {
    Value model = call.tensor("self");
    return filled(call, model.type().shape().dims(), value, model.type().dtype());
  }

  static Value sized(AtenCall call, double value) {
    DType dtype = call.tensor("self").type().dtype();
    return filled(call, call.sizes("size"), value, dtype);
  }

  private static Value filled(AtenCall call, List<Dim> dims, double value, DType natural) {
    Value number = call.constant(value, call.dtype("dtype").orElse(natural));
    return call.expanded(number, new Shape(dims));
  }

  /** Axes of size one made larger; −1 leaves an axis as it is. */
  static Value expand(AtenCall call) {
    Value x = call.tensor("self");
    List<Dim> dims = new ArrayList<>(call.sizes("size"));
    int added = dims.size() - x.type().shape().rank();
    for (int axis = added; axis < dims.size(); axis++) {
      if (dims.get(axis).equals(Dim.of(-1))) {
        dims.set(axis, x.type().shape().dim(axis - added));
      }
    }
    return call.expanded(x, new Shape(dims));
  }

  static Value expandAs(AtenCall call) {
    return call.expanded(call.tensor("self"), call.tensor("other").type().shape());
  }

  /** Another tensor's elements in this one's place. */
  static Value copy(AtenCall call) {
    Value into = call.tensor("self");
    Value from = TypePromotion.cast(call, call.tensor("src"), into.type().dtype());
    return call.expanded(from, into.type().shape());
  }

  /** One number in every place. */
  static Value fill(AtenCall call) {
    Value into = call.tensor("self");
    DType dtype = into.type().dtype();
    boolean tensor =
        call.item("value") instanceof AtenItem.Flow
            || call.item("value") instanceof AtenItem.Weight;
    Value one =
        tensor
            ? TypePromotion.cast(call, call.tensor("value"), dtype)
            : call.constant(call.number("value"), dtype);
    return call.expanded(one, into.type().shape());
  }

  static Value repeat(AtenCall call, String counts) {
    Value x = call.tensor("self");
    List<Integer> repeats = new ArrayList<>(call.wholes(counts));
    while (repeats.size() < x.type().shape().rank()) {
      repeats.add(0, 1);
    }
    while (x.type().shape().rank() < repeats.size()) {
      x = call.inserted(x, 0);
    }
    return call.emit(new Tile(repeats), x);
  }

  static Value zero(AtenCall call) {
    Value into = call.tensor("self");
    return call.expanded(call.constant(0, into.type().dtype()), into.type().shape());
  }

  /** Numbers from a start, below an end, by a step; as many as a free size says. */
  static Value arange(AtenCall call) {
    DType dtype = call.dtype("dtype").orElse(natural(call));
    boolean open = call.item("end") instanceof AtenItem.Size size && !size.dim().isFixed();
    if (open) {
      return TypePromotion.cast(call, counted(call, call.size("end")), dtype);
    }
    double start = call.given("start") ? call.number("start") : 0;
    double step = call.given("step") ? call.number("step") : 1;
    int count = room(call, Math.ceil((call.number("end") - start) / step));
    double[] values = LongStream.range(0, count).mapToDouble(i -> start + i * step).toArray();
    return call.constant(
        Tensor.ofDoubles(Shape.of(values.length), DType.FLOAT64, values).to(dtype));
  }

  /** 0, 1, 2, … up to a size that is free: as many ones summed up. */
  private static Value counted(AtenCall call, Dim count) {
    boolean offset = call.given("start") && call.number("start") != 0;
    boolean strided = call.given("step") && call.number("step") != 1;
    if (offset || strided) {
      throw call.refused(
          "numbers up to the free size " + count + " that do not start at 0 in steps of 1",
          "of a free size only 0, 1, 2, … is known",
          "export with that axis fixed");
    }
    Value ones = call.expanded(call.constant(1, DType.FLOAT32), Shape.of(count));
    return call.emit(new CumSum(0, true, false), ones);
  }

  /** As many numbers as wanted, evenly from a start to an end. */
  static Value linspace(AtenCall call) {
    double start = call.number("start");
    int steps = room(call, call.whole("steps"));
    double step = steps > 1 ? (call.number("end") - start) / (steps - 1) : 0;
    double[] values = LongStream.range(0, steps).mapToDouble(i -> start + i * step).toArray();
    DType dtype = call.dtype("dtype").orElse(DType.FLOAT32);
    return call.constant(Tensor.ofDoubles(Shape.of(steps), DType.FLOAT64, values).to(dtype));
  }

  /** Numbers written down, nested lists a tensor. */
  static Value listed(AtenCall call, String data) {
    List<Dim> dims = new ArrayList<>();
    AtenItem item = call.item(data);
    while (item instanceof AtenItem.Many many && !many.items().isEmpty()) {
      dims.add(Dim.of(many.items().size()));
      item = many.items().get(0);
    }
    DType natural =
        item instanceof AtenItem.Real
            ? DType.FLOAT32
            : item instanceof AtenItem.Flag ? DType.BOOL : DType.INT64;
    List<Double> values = new ArrayList<>();
    collect(call.item(data), values);
    double[] numbers = values.stream().mapToDouble(v -> v).toArray();
    Tensor tensor = Tensor.ofDoubles(new Shape(dims), DType.FLOAT64, numbers);
    return call.constant(tensor.to(call.dtype("dtype").orElse(natural)));
  }

  private static void collect(AtenItem item, List<Double> to) {
    if (item instanceof AtenItem.Many many) {
      many.items().forEach(one -> collect(one, to));
    } else {
      to.add(AtenCall.number(item, "s"));
    }
  }

  /** Every vector along an axis of its own. */
  static List<Value> meshgrid(AtenCall call) {
    List<Value> vectors = call.tensors("tensors");
    List<Dim> dims = new ArrayList<>();
    vectors.forEach(vector -> dims.add(vector.type().shape().volume()));
    boolean turned = call.text("indexing").equals("xy") && dims.size() > 1;
    if (turned) {
      Collections.swap(dims, 0, 1);
    }
    List<Value> grids = new ArrayList<>();
    for (int i = 0; i < vectors.size(); i++) {
      int axis = turned && i < 2 ? 1 - i : i;
      List<Dim> lone = new ArrayList<>(Collections.nCopies(dims.size(), Dim.ONE));
      lone.set(axis, dims.get(axis));
      grids.add(call.expanded(call.reshaped(vectors.get(i), lone), new Shape(dims)));
    }
    return grids;
  }

  /** All tensors as large as the largest axes say. */
  static List<Value> broadcast(AtenCall call) {
    List<Value> all = call.tensors("tensors");
    int rank = all.stream().mapToInt(x -> x.type().shape().rank()).max().orElse(0);
    List<Dim> dims = IntStream.range(0, rank).mapToObj(back -> widest(all, rank - back)).toList();
    return all.stream().map(x -> call.expanded(x, new Shape(dims))).toList();
  }

  /** The size that is not one, of an axis counted from the last, which is 1. */
  private static Dim widest(List<Value> all, int back) {
    return all.stream()
        .map(x -> x.type().shape())
        .filter(shape -> shape.rank() >= back)
        .map(shape -> shape.dim(-back))
        .filter(dim -> !dim.equals(Dim.ONE))
        .findFirst()
        .orElse(Dim.ONE);
  }

  /** Numbers in place of NaN and infinities. */
  static Value finite(AtenCall call) {
    Value x = call.tensor("self");
    DType dtype = x.type().dtype();
    double most = dtype == DType.FLOAT64 ? Double.MAX_VALUE : Float.MAX_VALUE;
    double nan = call.given("nan") ? call.number("nan") : 0;
    double high = call.given("posinf") ? call.number("posinf") : most;
    double low = call.given("neginf") ? call.number("neginf") : -most;
    Value known = call.emit(new Where(), call.emit(new IsNan(), x), call.constant(nan, dtype), x);
    Value above = equal(call, known, Double.POSITIVE_INFINITY);
    Value bounded = call.emit(new Where(), above, call.constant(high, dtype), known);
    Value below = equal(call, known, Double.NEGATIVE_INFINITY);
    return call.emit(new Where(), below, call.constant(low, dtype), bounded);
  }

  private static Value equal(AtenCall call, Value x, double to) {
    Compare equal = new Compare(Compare.Kind.EQUAL);
    return call.emit(equal, x, call.constant(to, x.type().dtype()));
  }

  private static DType natural(AtenCall call) {
    boolean whole =
        List.of("start", "end", "step").stream()
            .noneMatch(name -> call.item(name) instanceof AtenItem.Real);
    return whole ? DType.INT64 : DType.FLOAT32;
  }

  static Value scalar(AtenCall call) {
    return call.constant(call.number("s"), call.dtype("dtype").orElse(DType.FLOAT32));
  }

  static Value triangle(AtenCall call, boolean upper) {
    return call.emit(new Trilu(upper, call.whole("diagonal")), call.tensor("self"));
  }

  static Value roll(AtenCall call) {
    Value x = call.tensor("self");
    List<Integer> dims = call.wholes("dims");
    if (!dims.isEmpty()) {
      return call.emit(new Roll(dims, call.wholes("shifts")), x);
    }
    Value flat = call.reshaped(x, List.of(x.type().shape().volume()));
    Value rolled = call.emit(new Roll(List.of(0), call.wholes("shifts")), flat);
    return call.reshaped(rolled, x.type().shape().dims());
  }
}
