package dev.axiomml.core.op.index;

import dev.axiomml.core.op.RunOp;
import dev.axiomml.core.op.common.TensorLanes;
import dev.axiomml.core.op.common.WrappingIntegers;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The k largest or smallest integers along an axis, best first, and where they were; of equal ones
 * the first comes first.
 *
 * <p>Shape: the axis becomes k; integers in, two outputs: the same type, and int64 positions.
 *
 * @param k how many, at least 0
 * @param axis the axis; negative counts from the end
 * @param largest whether the largest, else the smallest
 */
public record IntegerTopK(int k, int axis, boolean largest) implements RunOp {
  /** Refuses negative counts. */
  public IntegerTopK {
    new TopK(k, axis, largest);
  }

  @Override
  public List<Type> infer(List<Type> in) {
    WrappingIntegers.require(this, in, "integers", DType::isInteger);
    Type wide = Type.of(in.get(0).shape(), DType.FLOAT64);
    List<Type> floats = new TopK(k, axis, largest).infer(List.of(wide));
    return List.of(Type.of(floats.get(0).shape(), in.get(0).dtype()), floats.get(1));
  }

  @Override
  public List<RuntimeValue> run(List<RuntimeValue> in) {
    Tensor x = in.get(0).tensor();
    Shape out = infer(List.of(x.type())).get(0).shape();
    long[] from = x.toLongs();
    long[] values = new long[out.count()];
    long[] places = new long[values.length];
    List<TensorLanes.Lane> to = new ArrayList<>();
    TensorLanes.of(out, axis).each(to::add);
    List<TensorLanes.Lane> lanes = new ArrayList<>();
    TensorLanes.of(x.shape(), axis).each(lanes::add);
    for (int lane = 0; lane < to.size(); lane++) {
      int[] best = best(x.dtype(), from, lanes.get(lane));
      for (int i = 0; i < k; i++) {
        values[to.get(lane).at(i)] = from[lanes.get(lane).at(best[i])];
        places[to.get(lane).at(i)] = best[i];
      }
    }
    return List.of(Tensor.ofIntegers(out, x.dtype(), values), Tensor.ofLongs(out, places));
  }

  /** Positions in a lane, best first. */
  private int[] best(DType dtype, long[] x, TensorLanes.Lane lane) {
    Comparator<Integer> rising =
        (i, j) -> WrappingIntegers.compare(dtype, x[lane.at(i)], x[lane.at(j)]);
    return IntStream.range(0, lane.n())
        .boxed()
        .sorted(largest ? rising.reversed() : rising)
        .mapToInt(i -> i)
        .toArray();
  }

  @Override
  public String whyNoBound() {
    return "it computes on integers, which proofs do not follow";
  }
}
