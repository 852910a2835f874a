package dev.axiomml.core.op;

import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.IndexWalk;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.Arrays;
import java.util.Collections;

/** Lines of a broadcast operand. */
public final class BroadcastLines {
  private BroadcastLines() {}

  /** Receives lines. */
  @FunctionalInterface
  public interface Line {
    /** First output, first element of the operand, its step (0 where repeated), and how many. */
    void line(int out, int from, int step, int n);
  }

  /**
   * Splits the reading of an operand, broadcast to an output, into lines along the last axis; equal
   * shapes make one line.
   */
  public static void lines(Shape from, Shape out, Line line) {
    int count = out.count();
    if (from.count() == count || from.count() == 1) {
      if (count > 0) {
        line.line(0, 0, from.count() == count ? 1 : 0, count);
      }
      return;
    }
    int[] steps = IndexWalk.broadcast(from, out);
    int last = steps.length - 1;
    int[] starts = IndexWalk.walk(Arrays.copyOf(out.sizes(), last), Arrays.copyOf(steps, last));
    int n = out.size(-1);
    for (int i = 0; i < starts.length; i++) {
      line.line(i * n, starts[i], steps[last], n);
    }
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
