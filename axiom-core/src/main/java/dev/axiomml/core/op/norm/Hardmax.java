package dev.axiomml.core.op.norm;

import dev.axiomml.core.op.Box;
import dev.axiomml.core.op.common.TensorLanes;
import dev.axiomml.core.op.index.LaneOp;
import dev.axiomml.core.op.window.LaneMaxima;

/**
 * 1 at the first largest element along an axis, 0 elsewhere; gradient 0.
 *
 * <p>Shape: any, unchanged.
 *
 * @param axis the axis; negative counts from the end
 */
public record Hardmax(int axis) implements LaneOp {
  @Override
  public Hardmax along(int other) {
    return new Hardmax(other);
  }

  @Override
  public double[] value(double[] x) {
    double[] y = new double[x.length];
    y[LaneMaxima.first(x, whole(x.length))] = 1;
    return y;
  }

  private static TensorLanes.Lane whole(int n) {
    return new TensorLanes.Lane(0, 1, n);
  }

  /** 1 where nothing can reach it, 0 where it cannot reach all. */
  @Override
  public Box range(Box x) {
    Box y = new Box(new double[x.size()], new double[x.size()]);
    boolean[] may = LaneMaxima.possible(x, whole(x.size()));
    int count = LaneMaxima.count(may);
    for (int i = 0; i < x.size(); i++) {
      y.lo()[i] = may[i] && count == 1 ? 1 : 0;
      y.hi()[i] = may[i] ? 1 : 0;
    }
    return y;
  }
}
