package dev.axiomml.core.op.scalar;

import dev.axiomml.core.op.CurveAccuracy;
import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;
import dev.axiomml.core.op.common.OpSettings;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/**
 * {@code x + bias} below {@code −lambda}, {@code x − bias} above {@code lambda}, 0 between; NaN
 * gives 0.
 *
 * <p>Shape: any, unchanged. With {@code bias = lambda} it is {@link SoftShrink} but for NaN; with
 * bias 0 it is known as hard shrink.
 *
 * @param bias how far it pulls toward zero, finite
 * @param lambda half the width of the flat part, not negative
 */
public record Shrink(double bias, double lambda) implements ScalarOp {
  /** Checks the settings. */
  public Shrink {
    OpSettings.number("Shrink bias", bias);
    OpSettings.fromZero("Shrink lambda", lambda);
  }

  @Override
  public Shrink withSettings(DoubleUnaryOperator change) {
    return new Shrink(change.applyAsDouble(bias), change.applyAsDouble(lambda));
  }

  @Override
  public double value(double x) {
    return x < -lambda ? x + bias : x > lambda ? x - bias : 0;
  }

  @Override
  public Optional<ScalarOp> derivative() {
    return Optional.of(slope(lambda));
  }

  @Override
  public CurveAccuracy accuracy() {
    return CurveAccuracy.of(0x1p-52, 1);
  }

  @Override
  public Profile profile() {
    return around(lambda, WeightedPolynomial.line(1, bias), WeightedPolynomial.line(1, -bias))
        .profile();
  }

  /** 0 around zero and lines outside. */
  private static PiecewiseCurve around(
      double lambda, WeightedPolynomial below, WeightedPolynomial above) {
    return new PiecewiseCurve(
        List.of(PiecewiseCurve.right(-lambda), PiecewiseCurve.left(lambda)),
        List.of(below, WeightedPolynomial.constant(0), above));
  }

  /** 0 around zero, its ends included, and 1 outside. */
  static PiecewiseCurve slope(double lambda) {
    WeightedPolynomial one = WeightedPolynomial.constant(1);
    return around(lambda, one, one);
  }
}
