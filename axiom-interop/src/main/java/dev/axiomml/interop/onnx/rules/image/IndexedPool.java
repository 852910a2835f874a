package dev.axiomml.interop.onnx.rules.image;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.window.MaxPool;
import dev.axiomml.core.op.window.WindowGeometry;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.layout.AxisOrders;
import dev.axiomml.interop.onnx.node.OnnxNodeContext;
import java.util.List;
import java.util.Optional;

/** A max pool that also tells where each largest element was. */
final class IndexedPool {
  private IndexedPool() {}

  static List<Value> emit(OnnxNodeContext at, WindowGeometry geometry) {
    boolean columns = at.attributes().flag("storage_order", false);
    MaxPool pool = new MaxPool(geometry);
    int rank = at.rank(0);
    int[] last = ints(AxisOrders.toChannelsLast(rank));
    int[] first = ints(AxisOrders.toChannelsFirst(rank));
    Shape out = pool.out(at.shape(0).permuted(last)).permuted(first);
    List<Type> types = List.of(Type.of(out, at.dtype(0)), Type.of(out, DType.INT64));
    return at.run(types, (settings, in) -> pooled(pool, in.get(0), columns));
  }

  private static List<RuntimeValue> pooled(
      MaxPool pool, Optional<RuntimeValue> in, boolean columns) {
    Tensor x = in.orElseThrow().tensor();
    int rank = x.shape().rank();
    Tensor last = x.permute(ints(AxisOrders.toChannelsLast(rank)));
    int[] best = new int[pool.out(last.shape()).count()];
    pool.windows(
        last.shape(),
        (out, members, count) -> {
          int at = members[0];
          for (int i = 1; i < count; i++) {
            at = last.doubleAt(members[i]) > last.doubleAt(at) ? members[i] : at;
          }
          best[out] = at;
        });
    Shape out = pool.out(last.shape());
    double[] values = new double[best.length];
    long[] places = new long[best.length];
    for (int i = 0; i < best.length; i++) {
      values[i] = last.doubleAt(best[i]);
      places[i] = place(last.shape(), best[i], columns);
    }
    int[] first = ints(AxisOrders.toChannelsFirst(rank));
    Tensor y = Tensor.ofDoubles(out, DType.FLOAT64, values).to(x.dtype());
    return List.of(y.permute(first), Tensor.ofLongs(out, places).permute(first));
  }

  /** A place of (N, spatial…, C) counted in (N, C, spatial…), columns first if wanted. */
  private static long place(Shape last, int at, boolean columns) {
    int[] sizes = last.sizes();
    int rank = sizes.length;
    int[] coordinates = new int[rank];
    for (int axis = rank - 1, rest = at; axis >= 0; axis--) {
      coordinates[axis] = rest % sizes[axis];
      rest /= sizes[axis];
    }
    long index = (long) coordinates[0] * sizes[rank - 1] + coordinates[rank - 1];
    for (int i = 1; i < rank - 1; i++) {
      index *= sizes[i];
    }
    long inner = 0;
    for (int i = 1; i < rank - 1; i++) {
      int axis = columns ? rank - 1 - i : i;
      inner = inner * sizes[axis] + coordinates[axis];
    }
    return index + inner;
  }

  private static int[] ints(List<Integer> order) {
    return order.stream().mapToInt(Integer::intValue).toArray();
  }
}
