package dev.axiomml.core.op.scalar;

import dev.axiomml.core.op.CurveAccuracy;
import dev.axiomml.core.op.CurvePiece;
import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One curve after another, each between two cuts, with or without jumps between: the derivative of
 * a function with kinks, and functions that jump.
 *
 * <p>Shape: any, unchanged. NaN stays NaN.
 *
 * @param cuts where curves change, not falling
 * @param curves one more than the cuts
 */
public record PiecewiseCurve(List<Cut> cuts, List<WeightedPolynomial> curves) implements ScalarOp {
  /**
   * Where one curve ends and the next one begins.
   *
   * @param at the place
   * @param left whether the curve on the left holds the place itself
   */
  public record Cut(double at, boolean left) {
    private boolean isBefore(double x) {
      return left ? x > at : x >= at;
    }
  }

  /** Checks that cuts rise and that there is one more curve than cuts. */
  public PiecewiseCurve {
    cuts = List.copyOf(cuts);
    curves = List.copyOf(curves);
    if (curves.size() != cuts.size() + 1) {
      throw new IllegalArgumentException(
          cuts.size() + " cuts make " + (cuts.size() + 1) + " curves, got " + curves.size());
    }
    for (int i = 1; i < cuts.size(); i++) {
      if (!(cuts.get(i - 1).at() <= cuts.get(i).at())) {
        throw new IllegalArgumentException("cuts must rise: " + cuts);
      }
    }
  }

  /** A cut that belongs to the curve on its left. */
  static Cut left(double at) {
    return new Cut(at, true);
  }

  /** A cut that belongs to the curve on its right. */
  static Cut right(double at) {
    return new Cut(at, false);
  }

  /** Two curves. */
  static PiecewiseCurve of(WeightedPolynomial below, Cut cut, WeightedPolynomial above) {
    return new PiecewiseCurve(List.of(cut), List.of(below, above));
  }

  /** One number up to a cut, which has it too, and another above. */
  static PiecewiseCurve step(double below, double cut, double above) {
    return of(WeightedPolynomial.constant(below), left(cut), WeightedPolynomial.constant(above));
  }

  /** A slope strictly between two places, and 0 outside. */
  static PiecewiseCurve ramp(double low, double slope, double high) {
    WeightedPolynomial flat = WeightedPolynomial.constant(0);
    return new PiecewiseCurve(
        List.of(left(low), right(high)), List.of(flat, WeightedPolynomial.constant(slope), flat));
  }

  private int at(double x) {
    int i = 0;
    while (i < cuts.size() && cuts.get(i).isBefore(x)) {
      i++;
    }
    return i;
  }

  @Override
  public double value(double x) {
    return curves.get(at(x)).value(x);
  }

  @Override
  public Optional<ScalarOp> derivative() {
    return Optional.of(
        new PiecewiseCurve(
            cuts,
            curves.stream().map(c -> (WeightedPolynomial) c.derivative().orElseThrow()).toList()));
  }

  @Override
  public CurveAccuracy accuracy() {
    return curves.stream().map(ScalarOp::accuracy).reduce(CurveAccuracy.EXACT, CurveAccuracy::or);
  }

  @Override
  public Profile profile() {
    List<Profile> all = curves.stream().map(ScalarOp::profile).toList();
    return (lo, hi) -> {
      List<CurvePiece> pieces = new ArrayList<>();
      boolean known = true;
      for (int i = at(lo); i <= at(hi); i++) {
        double from = i == 0 ? lo : Math.max(lo, cuts.get(i - 1).at());
        double to = i == cuts.size() ? hi : Math.min(hi, cuts.get(i).at());
        List<CurvePiece> own = all.get(i).pieces(from, to);
        known &= !own.isEmpty();
        pieces.addAll(own);
      }
      return known ? pieces : List.of();
    };
  }
}
