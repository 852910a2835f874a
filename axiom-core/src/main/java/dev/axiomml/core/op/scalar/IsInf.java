package dev.axiomml.core.op.scalar;

import dev.axiomml.core.op.RealInterval;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Type;
import java.util.List;

/**
 * Whether each element is infinite.
 *
 * <p>Shape: any, unchanged, float in, bool out.
 *
 * @param negative whether −∞ counts
 * @param positive whether +∞ counts
 */
public record IsInf(boolean negative, boolean positive) implements PointOp {
  @Override
  public List<Type> infer(List<Type> in) {
    return List.of(Type.of(PointOp.super.infer(in).get(0).shape(), DType.BOOL));
  }

  @Override
  public double value(double x) {
    return (negative && x == Double.NEGATIVE_INFINITY)
            || (positive && x == Double.POSITIVE_INFINITY)
        ? 1
        : 0;
  }

  @Override
  public double slope(double x) {
    return 0;
  }

  /** Numbers beyond float32 are infinite once they are stored. */
  @Override
  public RealInterval range(RealInterval x) {
    return new RealInterval(0, x.size() <= Float.MAX_VALUE ? 0 : 1);
  }

  @Override
  public double ulps() {
    return 0;
  }
}
