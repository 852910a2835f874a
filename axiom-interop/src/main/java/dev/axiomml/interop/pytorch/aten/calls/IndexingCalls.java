package dev.axiomml.interop.pytorch.aten.calls;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.index.Gather;
import dev.axiomml.core.op.move.Take;
import dev.axiomml.core.op.pair.Add;
import dev.axiomml.core.op.pair.Compare;
import dev.axiomml.core.op.pair.Mul;
import dev.axiomml.core.op.pair.Where;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.layout.AxisOrders;
import dev.axiomml.interop.pytorch.aten.AtenCall;
import dev.axiomml.interop.pytorch.aten.AtenItem;
import dev.axiomml.interop.pytorch.aten.AxisPatch;
import dev.axiomml.interop.pytorch.aten.TypePromotion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * {@code x[…, i, j, …]} with integers or truths along any axes, read or written.
 *
 * <p>The indexed axes become one, next to each other where they are, else in front, as PyTorch puts
 * the result.
 */
final class IndexingCalls {
  private final AtenCall call;
  private final Value x;
  private final List<Integer> axes = new ArrayList<>();
  private final List<Value> places = new ArrayList<>();

  private IndexingCalls(AtenCall call) {
    this.call = call;
    this.x = call.tensor("self");
    int axis = 0;
    for (AtenItem item : call.items("indices")) {
      axis += item instanceof AtenItem.Nothing ? 1 : place(axis, call.value(item, "indices"));
    }
  }

  /** Notes one index; how many axes it takes. */
  private int place(int axis, Value index) {
    if (index.type().dtype() != DType.BOOL) {
      axes.add(axis);
      places.add(index);
      return 1;
    }
    Tensor mask = call.known(index).tensor().orElseThrow(this::open);
    int[][] found = found(mask);
    for (int i = 0; i < found.length; i++) {
      axes.add(axis + i);
      places.add(call.constant(longs(found[i])));
    }
    return found.length;
  }

  private RuntimeException open() {
    return call.refused(
        "an index by truths that are computed",
        "how many elements it chooses depends on the input, so the result has no fixed shape",
        "write it with torch.where, which keeps the shape");
  }

  /** The positions of what is true, a list an axis. */
  private static int[][] found(Tensor mask) {
    int[] strides = mask.shape().strides();
    int[] sizes = mask.shape().sizes();
    int[] flat = IntStream.range(0, mask.size()).filter(i -> mask.doubleAt(i) != 0).toArray();
    return IntStream.range(0, sizes.length)
        .mapToObj(a -> Arrays.stream(flat).map(i -> i / strides[a] % sizes[a]).toArray())
        .toArray(int[][]::new);
  }

  private static Tensor longs(int[] values) {
    return Tensor.ofLongs(Shape.of(values.length), Arrays.stream(values).asLongStream().toArray());
  }

  static Value read(AtenCall call) {
    IndexingCalls index = new IndexingCalls(call);
    if (index.axes.isEmpty()) {
      return index.x;
    }
    return taken(call, index.merged(), index.front(), index.joined());
  }

  static Value taken(AtenCall call, Value x, int axis, Value indices) {
    Optional<Tensor> known = call.known(indices).tensor();
    return known.isPresent()
        ? call.emit(new Take(axis, known.get()), x)
        : call.emit(new Gather(axis), x, indices);
  }

  /** Where the indexed axes come: in their place when they are neighbours, else in front. */
  private int front() {
    int first = axes.get(0);
    boolean neighbours = axes.get(axes.size() - 1) - first == axes.size() - 1;
    return neighbours ? first : 0;
  }

  /** The order of axes with the indexed ones next to each other. */
  private List<Integer> order() {
    List<Integer> order = new ArrayList<>(AxisOrders.rising(x.type().shape().rank()));
    order.removeAll(axes);
    order.addAll(front(), axes);
    return order;
  }

  /** The sizes once the indexed axes are next to each other. */
  private List<Dim> moved() {
    return order().stream().map(x.type().shape()::dim).toList();
  }

  /** Sizes with others in place of those of the indexed axes. */
  private List<Dim> with(List<Dim> middle) {
    List<Dim> dims = new ArrayList<>(moved());
    dims.subList(front(), front() + axes.size()).clear();
    dims.addAll(front(), middle);
    return dims;
  }

  /** The tensor with the indexed axes as one. */
  private Value merged() {
    Dim all = axes.stream().map(x.type().shape()::dim).reduce(Dim.ONE, Dim::times);
    return call.reshaped(call.permuted(x, order()), with(List.of(all)));
  }

  /** The indices as one into the axis that the indexed ones become. */
  private Value joined() {
    Value all = whole(0);
    for (int i = 1; i < places.size(); i++) {
      long size = x.type().shape().dim(axes.get(i)).value();
      Value scaled = call.emit(new Mul(), all, call.constant((double) size, DType.INT64));
      all = call.emit(new Add(), scaled, whole(i));
    }
    return all;
  }

  /** One index, counted from the front, as int64. */
  private Value whole(int which) {
    Value index = TypePromotion.cast(call, places.get(which), DType.INT64);
    Dim size = x.type().shape().dim(axes.get(which));
    Optional<Tensor> known = call.known(index).tensor();
    if (known.isPresent()) {
      long[] values = known.get().toLongs();
      boolean back = Arrays.stream(values).anyMatch(i -> i < 0);
      long wrap = back ? size.value() : 0;
      long[] front = Arrays.stream(values).map(i -> i < 0 ? i + wrap : i).toArray();
      return back ? call.constant(Tensor.ofLongs(known.get().shape(), front)) : index;
    }
    return places.size() == 1 || call.counts(index) ? index : wrapped(index, size.value());
  }

  private Value wrapped(Value index, long size) {
    Value zero = call.constant(0, DType.INT64);
    Value back = call.emit(new Compare(Compare.Kind.LESS), index, zero);
    Value added = TypePromotion.cast(call, back, DType.INT64);
    Value size64 = call.constant((double) size, DType.INT64);
    return call.emit(new Add(), index, call.emit(new Mul(), added, size64));
  }

  /** The tensor with what is indexed replaced by, or added to, other values. */
  static Value write(AtenCall call) {
    Value x = call.tensor("self");
    DType dtype = x.type().dtype();
    Value values =
        call.isTensor("values")
            ? TypePromotion.cast(call, call.tensor("values"), dtype)
            : call.constant(call.number("values"), dtype);
    Optional<Value> masked = masked(call, x, values);
    return masked.orElseGet(() -> new IndexingCalls(call).written(values));
  }

  /** One value for all that is true in a mask. */
  private static Optional<Value> masked(AtenCall call, Value x, Value values) {
    List<AtenItem> indices = call.items("indices");
    boolean first = indices.size() == 1 && !(indices.get(0) instanceof AtenItem.Nothing);
    boolean one = values.type().shape().volume().equals(Dim.ONE) && !call.flag("accumulate");
    if (!first || !one) {
      return Optional.empty();
    }
    Value mask = call.value(indices.get(0), "indices");
    if (mask.type().dtype() != DType.BOOL) {
      return Optional.empty();
    }
    List<Dim> dims = new ArrayList<>(mask.type().shape().dims());
    while (dims.size() < x.type().shape().rank()) {
      dims.add(Dim.ONE);
    }
    Value fill = call.reshaped(values, List.of());
    return Optional.of(ComparisonCalls.chosen(call, call.reshaped(mask, dims), fill, x));
  }

  private Value written(Value values) {
    Value at = joined();
    Tensor known = call.known(at).tensor().orElseThrow(this::unknown);
    Shape shape = new Shape(with(known.shape().dims()));
    Value part = call.reshaped(call.expanded(values, shape), with(List.of(known.shape().volume())));
    Value whole = merged();
    long[] into = known.toLongs();
    if (call.flag("accumulate")) {
      requireDistinct(into);
      part = call.emit(new Add(), part, taken(call, whole, front(), flat(at, into.length)));
    }
    Value patched = new AxisPatch(call, front(), into).into(whole, part);
    List<Integer> order = order();
    List<Integer> back = AxisOrders.rising(order.size()).stream().map(order::indexOf).toList();
    return call.permuted(call.reshaped(patched, moved()), back);
  }

  private Value flat(Value at, int count) {
    return call.reshaped(at, List.of(Dim.of(count)));
  }

  private void requireDistinct(long[] places) {
    if (Arrays.stream(places).distinct().count() < places.length) {
      throw call.refused(
          "several values are added to one place",
          "an index that adds names each place once",
          "write it with a matrix product");
    }
  }

  private RuntimeException unknown() {
    return call.refused(
        "elements are written to where computed numbers say",
        "places that are written to are known when the file is read",
        "write it with torch.where and a comparison, or with torch.nn.functional.one_hot");
  }
}
