package dev.axiomml.interop.onnx.rules;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.onnx.node.OnnxNodeContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The different rows of a tensor along an axis.
 *
 * @param x the tensor
 * @param axis the axis
 */
record UniqueRows(Tensor x, int axis) {
  static List<Value> emit(OnnxNodeContext at) {
    boolean flat = !at.attributes().has("axis");
    Shape shape = flat ? Shape.of(1) : at.shape(0);
    int axis = flat ? 0 : shape.axis(at.attributes().integer("axis", 0));
    Dim found = Dim.symbol(at.symbol());
    Type places = Type.of(Shape.of(found), DType.INT64);
    Dim all = flat ? at.shape(0).volume() : shape.dim(axis);
    boolean sorted = at.attributes().flag("sorted", true);
    return at.run(
        List.of(
            Type.of(shape.with(axis, found), at.dtype(0)),
            places,
            Type.of(Shape.of(all), DType.INT64),
            places),
        (settings, in) -> {
          Tensor x = in.get(0).orElseThrow().tensor();
          return new UniqueRows(flat ? x.reshape(Shape.of(x.size())) : x, axis).found(sorted);
        });
  }

  /** The rows, where each was first, which of them each row is, and how often they were. */
  private List<RuntimeValue> found(boolean sorted) {
    int rows = x.shape().size(axis);
    Comparator<Integer> order = this::compare;
    TreeMap<Integer, List<Integer>> alike = new TreeMap<>(order);
    for (int row = 0; row < rows; row++) {
      alike.computeIfAbsent(row, r -> new ArrayList<>()).add(row);
    }
    List<List<Integer>> groups = new ArrayList<>(alike.values());
    if (!sorted) {
      groups.sort(Comparator.comparing(group -> group.get(0)));
    }
    long[] which = new long[rows];
    for (int g = 0; g < groups.size(); g++) {
      for (int row : groups.get(g)) {
        which[row] = g;
      }
    }
    int[] first = groups.stream().mapToInt(group -> group.get(0)).toArray();
    long[] counts = groups.stream().mapToLong(List::size).toArray();
    return List.of(
        PickRules.rows(x, axis, first),
        list(IntStream.of(first).asLongStream().toArray()),
        list(which),
        list(counts));
  }

  private static Tensor list(long[] numbers) {
    return Tensor.ofLongs(Shape.of(numbers.length), numbers);
  }

  /** Row before row, element by element. */
  private int compare(int a, int b) {
    Shape shape = x.shape();
    int inner = shape.sub(axis + 1, shape.rank()).count();
    int outer = shape.sub(0, axis).count();
    int size = shape.size(axis);
    for (int i = 0; i < outer * inner; i++) {
      int lead = i / inner * size;
      int order = elements((lead + a) * inner + i % inner, (lead + b) * inner + i % inner);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  /** NaN comes last; the two zeros are one. */
  private int elements(int i, int j) {
    if (x.dtype() == DType.STRING) {
      return x.textAt(i).compareTo(x.textAt(j));
    }
    if (x.dtype() == DType.UINT64) {
      return Long.compareUnsigned(x.longAt(i), x.longAt(j));
    }
    return x.dtype().isFloat()
        ? Double.compare(x.doubleAt(i) + 0.0, x.doubleAt(j) + 0.0)
        : Long.compare(x.longAt(i), x.longAt(j));
  }
}
