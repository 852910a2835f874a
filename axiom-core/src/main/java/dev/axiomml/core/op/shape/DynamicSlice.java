package dev.axiomml.core.op.shape;

import dev.axiomml.core.op.KnownValue;
import dev.axiomml.core.op.OpEmitter;
import dev.axiomml.core.op.OpLowering;
import dev.axiomml.core.op.RunOp;
import dev.axiomml.core.op.move.AxisTables;
import dev.axiomml.core.op.move.Slice;
import dev.axiomml.core.op.move.SliceBounds;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.TensorMemory;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Parts of axes whose ends are computed: data, starts, ends, and if wanted axes, then steps, as in
 * ONNX.
 *
 * <p>Negative ends count from the back, ends beyond the axis are cut. Once starts, ends, axes and
 * steps are known it is one {@link Slice} for each axis.
 *
 * @param name begins the names of sizes that are not known
 */
public record DynamicSlice(String name) implements RunOp {
  @Override
  public List<Type> infer(List<Type> in) {
    List<Dim> dims =
        IntStream.range(0, in.get(0).shape().rank())
            .mapToObj(i -> Dim.symbol(name + "_" + i))
            .toList();
    return List.of(Type.of(new Shape(dims), in.get(0).dtype()));
  }

  @Override
  public List<RuntimeValue> run(List<RuntimeValue> in) {
    Tensor x = in.get(0).tensor();
    List<KnownValue> known =
        in.stream().<KnownValue>map(d -> new KnownValue.Exact(d.tensor(), "")).toList();
    for (Slice slice : slices(x.shape(), known).orElseThrow()) {
      int[][] tables = AxisTables.identity(x.shape());
      int start = (int) slice.start().value();
      tables[slice.axis()] =
          IntStream.range(0, (int) slice.count().value())
              .map(i -> start + i * slice.step())
              .toArray();
      x = picked(x, slice.out(List.of(x.shape())), tables);
    }
    return List.of(x);
  }

  private static Tensor picked(Tensor x, Shape out, int[][] tables) {
    int[] strides = x.shape().strides();
    int[] own = out.strides();
    int[] sizes = out.sizes();
    int[] from = new int[out.count()];
    for (int i = 0; i < from.length; i++) {
      for (int axis = 0; axis < strides.length; axis++) {
        from[i] += tables[axis][i / own[axis] % sizes[axis]] * strides[axis];
      }
    }
    return TensorMemory.gather(x, out, from);
  }

  /** Empty when an end is unknown. */
  private static Optional<List<Slice>> slices(Shape shape, List<KnownValue> known) {
    List<Optional<List<Dim>>> lists = known.stream().skip(1).map(KnownValue::sizes).toList();
    if (lists.stream().anyMatch(Optional::isEmpty)) {
      return Optional.empty();
    }
    List<Slice> slices = new ArrayList<>();
    Shape now = shape;
    for (int i = 0; i < lists.get(0).orElseThrow().size(); i++) {
      Dim axis = entry(lists, 2, i, Dim.of(i));
      Dim step = entry(lists, 3, i, Dim.ONE);
      if (!axis.isFixed() || !step.isFixed()) {
        return Optional.empty();
      }
      SliceBounds cut =
          new SliceBounds(
              entry(lists, 0, i, Dim.ZERO),
              entry(lists, 1, i, Dim.ZERO),
              Math.toIntExact(step.value()));
      Optional<Slice> slice = cut.of(now, now.axis((int) axis.value()));
      if (slice.isEmpty()) {
        return Optional.empty();
      }
      slices.add(slice.get());
      now = slice.get().out(List.of(now));
    }
    return Optional.of(slices);
  }

  private static Dim entry(List<Optional<List<Dim>>> lists, int list, int i, Dim absent) {
    return list < lists.size() ? lists.get(list).orElseThrow().get(i) : absent;
  }

  @Override
  public Optional<OpLowering> given(List<Type> in, List<KnownValue> known) {
    return slices(in.get(0).shape(), known)
        .map(
            slices ->
                new OpLowering() {
                  @Override
                  public <V> List<V> emit(OpEmitter<V> to, List<V> x) {
                    List<V> now = List.of(x.get(0));
                    for (Slice slice : slices) {
                      now = to.emit(slice, now);
                    }
                    return now;
                  }
                });
  }

  @Override
  public String whyNoBound() {
    return "its shape is computed at run time";
  }
}
