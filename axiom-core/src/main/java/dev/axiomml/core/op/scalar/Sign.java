package dev.axiomml.core.op.scalar;

import dev.axiomml.core.op.CurveAccuracy;
import dev.axiomml.core.op.CurvePiece;
import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * −1, 0 or 1; NaN stays NaN; gradient 0.
 *
 * <p>Shape: any, unchanged.
 */
public record Sign() implements ScalarOp {
  @Override
  public double value(double x) {
    return Math.signum(x);
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
    return (lo, hi) -> {
      List<CurvePiece> pieces = new ArrayList<>();
      if (lo < 0) {
        pieces.add(UnitSteps.level(lo, Math.min(hi, 0), -1));
      }
      if (lo <= 0 && hi >= 0) {
        pieces.add(UnitSteps.level(0, 0, 0));
      }
      if (hi > 0) {
        pieces.add(UnitSteps.level(Math.max(lo, 0), hi, 1));
      }
      return pieces;
    };
  }
}
