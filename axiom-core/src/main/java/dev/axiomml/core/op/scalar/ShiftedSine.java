package dev.axiomml.core.op.scalar;

import static dev.axiomml.core.op.Profile.Curve.CONCAVE;
import static dev.axiomml.core.op.Profile.Curve.CONVEX;
import static dev.axiomml.core.op.Profile.Curve.LINE;

import dev.axiomml.core.op.CurveAccuracy;
import dev.axiomml.core.op.CurvePiece;
import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;
import java.util.List;
import java.util.Optional;

/**
 * Sine of an angle in radians that is some right angles ahead: {@code sin(x + quarters · π/2)}; ±∞
 * and NaN give NaN.
 *
 * <p>Shape: any, unchanged. 0 is {@link Sin}, 1 is {@link Cos}, 2 and 3 are their negatives.
 *
 * @param quarters 0 to 3
 */
public record ShiftedSine(int quarters) implements ScalarOp {
  private static final double FAR = 1e5; // cuts below it are off by 4e-11 at most
  private static final int MOST = 8;

  /** Checks the number. */
  public ShiftedSine {
    if (quarters < 0 || quarters > 3) {
      throw new IllegalArgumentException(quarters + " right angles, not 0 to 3");
    }
  }

  @Override
  public double value(double x) {
    double y = quarters % 2 == 0 ? StrictMath.sin(x) : StrictMath.cos(x);
    return quarters < 2 ? y : -y;
  }

  @Override
  public Optional<ScalarOp> derivative() {
    return Optional.of(ahead((quarters + 1) % 4));
  }

  /** The operator that is some right angles ahead. */
  static ScalarOp ahead(int quarters) {
    return quarters == 0 ? new Sin() : quarters == 1 ? new Cos() : new ShiftedSine(quarters);
  }

  /** Between a cut and where it really is, the function bends by less than the distance's cube. */
  @Override
  public CurveAccuracy accuracy() {
    return new CurveAccuracy(2.3e-16, 4, 1e-24);
  }

  @Override
  public Profile profile() {
    return (lo, hi) -> {
      if (!(Math.max(-lo, hi) < FAR) || hi - lo > MOST * Math.PI) {
        return List.of(
            new CurvePiece(lo, hi, LINE, WeightedPolynomial.constant(-1)),
            new CurvePiece(lo, hi, LINE, WeightedPolynomial.constant(1)));
      }
      int cell = (int) Math.floor(lo / Math.PI + quarters / 2.0);
      double[] cuts = new double[MOST + 2];
      Profile.Curve[] forms = new Profile.Curve[MOST + 3];
      for (int i = 0; i < forms.length; i++) {
        forms[i] = (cell + i) % 2 == 0 ? CONCAVE : CONVEX;
        if (i < cuts.length) {
          cuts[i] = (cell + i + 1 - quarters / 2.0) * Math.PI;
        }
      }
      return Profile.of(this, cuts, forms).pieces(lo, hi);
    };
  }
}
