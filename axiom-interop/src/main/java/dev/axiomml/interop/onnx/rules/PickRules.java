package dev.axiomml.interop.onnx.rules;

import static java.util.Map.entry;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.move.Pad;
import dev.axiomml.core.op.move.Slice;
import dev.axiomml.core.op.shape.DynamicSlice;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.TensorMemory;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.onnx.node.OnnxNodeContext;
import dev.axiomml.interop.onnx.node.OnnxRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Elements picked by other values: where those are data, the picking is run only. */
public final class PickRules {
  public static final Map<String, OnnxRule> TABLE =
      Map.ofEntries(
          entry("CenterCropPad", PickRules::centerCropPad),
          entry("Compress", PickRules::compress),
          entry("DynamicSlice", at -> at.emitAll(new DynamicSlice(at.symbol()), at.all())),
          entry("ReverseSequence", PickRules::reverseSequence),
          entry("TensorScatter", PickRules::tensorScatter),
          entry("Unique", UniqueRows::emit));

  private PickRules() {}

  private static Tensor tensor(List<Optional<RuntimeValue>> in, int i) {
    return in.get(i).orElseThrow().tensor();
  }

  /** An odd pixel is cut off before, or put behind. */
  private static List<Value> centerCropPad(OnnxNodeContext at) {
    List<Integer> sizes = OnnxNodeContext.ints(at.require(1));
    List<Integer> axes =
        at.attributes()
            .integers("axes")
            .orElseGet(() -> IntStream.range(0, at.rank(0)).boxed().toList());
    at.requireLength(1, axes.size());
    List<Integer> before = new ArrayList<>(Collections.nCopies(at.rank(0), 0));
    List<Integer> after = new ArrayList<>(before);
    Value x = at.in(0);
    for (int i = 0; i < axes.size(); i++) {
      int axis = at.shape(0).axis(axes.get(i));
      int more = sizes.get(i) - at.shape(0).size(axis);
      if (more < 0) {
        x = at.emit(Slice.of(axis, -more / 2, sizes.get(i)), x);
      } else {
        before.set(axis, more / 2);
        after.set(axis, more - more / 2);
      }
    }
    boolean pads = after.stream().anyMatch(n -> n > 0);
    return List.of(pads ? at.emit(new Pad(before, after, 0), x) : x);
  }

  /** Without an axis, of all elements in a row. */
  private static List<Value> compress(OnnxNodeContext at) {
    boolean flat = !at.attributes().has("axis");
    Shape shape = flat ? Shape.of(1) : at.shape(0);
    int axis = flat ? 0 : shape.axis(at.attributes().integer("axis", 0));
    Type type = Type.of(shape.with(axis, Dim.symbol(at.symbol())), at.dtype(0));
    return at.run(
        List.of(type),
        (settings, in) -> {
          Tensor x = tensor(in, 0);
          Tensor rows = flat ? x.reshape(Shape.of(x.size())) : x;
          long[] wanted = tensor(in, 1).toLongs();
          int[] kept = IntStream.range(0, wanted.length).filter(i -> wanted[i] != 0).toArray();
          return List.of(rows(rows, axis, kept));
        });
  }

  /** The named places of an axis. */
  public static Tensor rows(Tensor x, int axis, int[] places) {
    Shape shape = x.shape();
    int inner = shape.sub(axis + 1, shape.rank()).count();
    int outer = shape.sub(0, axis).count();
    int size = shape.size(axis);
    for (int place : places) {
      java.util.Objects.checkIndex(place, size);
    }
    int[] from = new int[outer * places.length * inner];
    for (int i = 0; i < from.length; i++) {
      int row = i / inner;
      int lead = row / Math.max(1, places.length) * size;
      from[i] = (lead + places[row % places.length]) * inner + i % inner;
    }
    return TensorMemory.gather(x, shape.with(axis, Dim.of(places.length)), from);
  }

  /** The first places of each sequence, as many as it is long, the other way round. */
  private static List<Value> reverseSequence(OnnxNodeContext at) {
    int time = at.attributes().integer("time_axis", 0);
    int batch = at.attributes().integer("batch_axis", 1);
    if (time + batch != 1 || time * batch != 0) {
      throw at.refuse("axes " + time + " and " + batch, "one is 0, the other 1");
    }
    return at.run(List.of(at.in(0).type()), (settings, in) -> List.of(reversed(in, time == 0)));
  }

  private static Tensor reversed(List<Optional<RuntimeValue>> in, boolean timeFirst) {
    Tensor x = tensor(in, 0);
    long[] lengths = tensor(in, 1).toLongs();
    int columns = x.shape().size(1);
    int inner = x.shape().sub(2, x.shape().rank()).count();
    int steps = timeFirst ? x.shape().size(0) : columns;
    Arrays.stream(lengths).forEach(n -> java.util.Objects.checkIndex(n, steps + 1L));
    int[] from = new int[x.size()];
    for (int i = 0; i < from.length; i++) {
      int row = i / inner / columns;
      int column = i / inner % columns;
      int time = timeFirst ? row : column;
      int length = Math.toIntExact(lengths[timeFirst ? column : row]);
      int other = time < length ? length - 1 - time : time;
      from[i] = ((timeFirst ? other : row) * columns + (timeFirst ? column : other)) * inner;
      from[i] += i % inner;
    }
    return TensorMemory.gather(x, x.shape(), from);
  }

  /** Updates of each sample are written from its own place on, or round and round. */
  private static List<Value> tensorScatter(OnnxNodeContext at) {
    int axis = at.shape(0).axis(at.attributes().integer("axis", -2));
    boolean round = at.attributes().text("mode", "linear").equals("circular");
    if (axis == 0) {
      throw at.refuse("TensorScatter along axis 0", "that is the batch");
    }
    return at.run(List.of(at.in(0).type()), (settings, in) -> List.of(written(in, axis, round)));
  }

  private static Tensor written(List<Optional<RuntimeValue>> in, int axis, boolean round) {
    Tensor past = tensor(in, 0);
    Tensor update = tensor(in, 1);
    int inner = past.shape().sub(axis + 1, past.shape().rank()).count();
    int size = past.shape().size(axis);
    int count = update.shape().size(axis);
    int perSample = past.shape().sub(1, axis).count() * count * inner;
    long[] starts = in.size() > 2 ? tensor(in, 2).toLongs() : new long[past.shape().size(0)];
    int[] from = IntStream.range(0, past.size()).toArray();
    for (int i = 0; i < update.size(); i++) {
      long place = starts[i / perSample] + i / inner % count;
      int to = Math.toIntExact(round ? Math.floorMod(place, size) : place);
      int row = i / inner / count * size + java.util.Objects.checkIndex(to, size);
      from[row * inner + i % inner] = past.size() + i;
    }
    return TensorMemory.gather(JoinedOps.of(past, update), past.shape(), from);
  }
}
