package dev.axiomml.core.op.common;

import dev.axiomml.core.tensor.Shape;
import java.util.function.Consumer;

/** The one-dimensional lanes of a tensor along an axis. */
public final class TensorLanes {
  private final int outer;
  private final int step;
  private final int length;

  private TensorLanes(int outer, int step, int length) {
    this.outer = outer;
    this.step = step;
    this.length = length;
  }

  /**
   * One lane.
   *
   * @param start its first element
   * @param step distance between its elements
   * @param n how many
   */
  public record Lane(int start, int step, int n) {
    /** The position of its element {@code i}. */
    public int at(int i) {
      return start + i * step;
    }

    /** A copy of its elements. */
    public double[] of(double[] x) {
      double[] own = new double[n];
      for (int i = 0; i < n; i++) {
        own[i] = x[at(i)];
      }
      return own;
    }

    /** Writes its elements. */
    public void put(double[] own, double[] y) {
      for (int i = 0; i < n; i++) {
        y[at(i)] = own[i];
      }
    }
  }

  /** The lanes of a fixed shape along an axis. */
  public static TensorLanes of(Shape shape, int axis) {
    int front = shape.axis(axis);
    return new TensorLanes(
        shape.sub(0, front).count(), shape.sub(front + 1, shape.rank()).count(), shape.size(front));
  }

  /** Visits every lane. */
  public void each(Consumer<Lane> lane) {
    for (int i = 0; i < outer; i++) {
      for (int j = 0; j < step; j++) {
        lane.accept(new Lane(i * step * length + j, step, length));
      }
    }
  }
}
