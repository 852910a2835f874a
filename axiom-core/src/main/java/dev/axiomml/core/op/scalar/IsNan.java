package dev.axiomml.core.op.scalar;

import dev.axiomml.core.op.CurveAccuracy;
import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;

/**
 * Whether each element is not a number.
 *
 * <p>Shape: any, unchanged, float in, bool out.
 */
public record IsNan() implements ScalarOp {
  @Override
  public List<Type> infer(List<Type> in) {
    return List.of(Type.of(ScalarOp.super.infer(in).get(0).shape(), DType.BOOL));
  }

  @Override
  public double value(double x) {
    return Double.isNaN(x) ? 1 : 0;
  }

  @Override
  public Optional<ScalarOp> derivative() {
    return Optional.of(WeightedPolynomial.constant(0));
  }

  @Override
  public CurveAccuracy accuracy() {
    return CurveAccuracy.EXACT;
  }

  @Override
  public Profile profile() {
    return (lo, hi) -> List.of(UnitSteps.level(lo, hi, 0));
  }
}
