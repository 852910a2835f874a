package dev.axiomml.core.op.scalar;

import dev.axiomml.core.op.CurveAccuracy;
import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;

/**
 * Whether each element is infinite.
 *
 * <p>Shape: any, unchanged, float in, bool out.
 *
 * @param negative whether −∞ counts
 * @param positive whether +∞ counts
 */
public record IsInf(boolean negative, boolean positive) implements ScalarOp {
  @Override
  public List<Type> infer(List<Type> in) {
    return List.of(Type.of(ScalarOp.super.infer(in).get(0).shape(), DType.BOOL));
  }

  @Override
  public double value(double x) {
    return (negative && x == Double.NEGATIVE_INFINITY)
            || (positive && x == Double.POSITIVE_INFINITY)
        ? 1
        : 0;
  }

  @Override
  public Optional<ScalarOp> derivative() {
    return Optional.of(WeightedPolynomial.constant(0));
  }

  @Override
  public CurveAccuracy accuracy() {
    return CurveAccuracy.EXACT;
  }

  /** Numbers beyond float32 are infinite once they are stored. */
  @Override
  public Profile profile() {
    return (lo, hi) ->
        Math.max(-lo, hi) <= Float.MAX_VALUE
            ? List.of(UnitSteps.level(lo, hi, 0))
            : List.of(UnitSteps.level(lo, hi, 0), UnitSteps.level(lo, hi, 1));
  }
}
