package dev.axiomml.core.op.scalar;

import dev.axiomml.core.op.CurveAccuracy;
import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;
import dev.axiomml.core.op.common.OpSettings;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/**
 * {@code alpha · x + beta}, held between 0 and 1. NaN stays NaN.
 *
 * <p>Shape: any, unchanged. ONNX has alpha 0.2 and beta 0.5 unless stated, PyTorch 1/6 and 1/2.
 *
 * @param alpha slope, finite, not zero
 * @param beta value at zero, finite
 */
public record HardSigmoid(double alpha, double beta) implements ScalarOp {
  /** Checks the settings. */
  public HardSigmoid {
    OpSettings.number("HardSigmoid alpha", alpha);
    OpSettings.number("HardSigmoid beta", beta);
    if (alpha == 0) {
      throw OpSettings.refused(
          "HardSigmoid alpha 0", "it must not be 0", "leave out the layer, or set alpha to 0.2");
    }
  }

  @Override
  public HardSigmoid withSettings(DoubleUnaryOperator change) {
    return new HardSigmoid(change.applyAsDouble(alpha), change.applyAsDouble(beta));
  }

  @Override
  public double value(double x) {
    return Math.max(0.0, Math.min(1.0, Math.fma(alpha, x, beta)));
  }

  @Override
  public Optional<ScalarOp> derivative() {
    return Optional.of(
        PiecewiseCurve.ramp(Math.min(zero(), one()), alpha, Math.max(zero(), one())));
  }

  /** A cut is off by at most two roundings of a double, which the slope makes a value's. */
  @Override
  public CurveAccuracy accuracy() {
    boolean exact = reaches(zero(), 0) && reaches(one(), 1);
    return new CurveAccuracy(0x1p-52, 1, exact ? 0 : (Math.abs(beta) + 1) * 0x1p-51);
  }

  private boolean reaches(double cut, int level) {
    BigDecimal value =
        new BigDecimal(alpha).multiply(new BigDecimal(cut)).add(new BigDecimal(beta));
    return value.compareTo(BigDecimal.valueOf(level)) == 0;
  }

  private double zero() {
    return -beta / alpha;
  }

  private double one() {
    return (1 - beta) / alpha;
  }

  /** A ramp so steep that it lies between two neighbouring doubles is one cut. */
  @Override
  public Profile profile() {
    double low = Math.min(zero(), one());
    double high = Math.max(zero(), one());
    return low < high ? Profile.lines(this, low, high) : Profile.lines(this, low);
  }

  /** PyTorch's settings. */
  public static HardSigmoid ofPyTorch() {
    return new HardSigmoid(1.0 / 6, 0.5);
  }
}
