package dev.axiomml.core.op.scalar;

import dev.axiomml.core.op.RealInterval;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Type;
import java.util.List;

/**
 * Whether each element is not a number.
 *
 * <p>Shape: any, unchanged, float in, bool out.
 */
public record IsNan() implements PointOp {
  @Override
  public List<Type> infer(List<Type> in) {
    return List.of(Type.of(PointOp.super.infer(in).get(0).shape(), DType.BOOL));
  }

  @Override
  public double value(double x) {
    return Double.isNaN(x) ? 1 : 0;
  }

  @Override
  public double slope(double x) {
    return 0;
  }

  @Override
  public RealInterval range(RealInterval x) {
    return new RealInterval(0, x.size() < Double.POSITIVE_INFINITY ? 0 : 1);
  }

  @Override
  public double ulps() {
    return 0;
  }
}
