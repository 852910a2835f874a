package dev.axiomml.core.op;

import dev.axiomml.core.linear.Loop;
import dev.axiomml.core.linear.LoopNest;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.IndexWalk;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Operands that are broadcast from the right. */
public final class BroadcastNests {
  private BroadcastNests() {}

  /** Moves an operand, broadcast, to the output. */
  public static LoopNest plain(Shape from, Shape out) {
    return LoopNest.plain(out.sizes(), out.strides(), IndexWalk.broadcast(from, out));
  }

  /** Multiplies two operands, both broadcast, element by element. */
  public static LoopNest products(Shape first, Shape second, Shape out) {
    int[] steps = out.strides();
    int[] a = IndexWalk.broadcast(first, out);
    int[] b = IndexWalk.broadcast(second, out);
    List<Loop> loops = new ArrayList<>();
    for (int axis = 0; axis < steps.length; axis++) {
      loops.add(Loop.of(out.size(axis), steps[axis], a[axis], b[axis]));
    }
    return LoopNest.of(loops);
  }

  /** A weight that is broadcast to a rank, with its axes in another order; a scalar stays. */
  public static Parameter relaid(Parameter weight, int rank, int[] order) {
    Shape shape = weight.tensor().shape();
    return shape.rank() == 0 ? weight : weight.reshaped(lifted(shape, rank)).permuted(order);
  }

  /** A tensor that is broadcast to a rank, with its axes in another order; a scalar stays. */
  public static Tensor relaid(Tensor tensor, int rank, int[] order) {
    Shape shape = tensor.shape();
    return shape.rank() == 0 ? tensor : tensor.reshape(lifted(shape, rank)).permute(order);
  }

  private static Shape lifted(Shape shape, int rank) {
    int missing = rank - shape.rank();
    return Shape.of(Collections.nCopies(missing, Dim.ONE).toArray(Dim[]::new)).concat(shape);
  }
}
