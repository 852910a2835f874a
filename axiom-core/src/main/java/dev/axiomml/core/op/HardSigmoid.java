package dev.axiomml.core.op;

import static dev.axiomml.core.op.Profile.Curve.LINE;
import static dev.axiomml.core.op.Profile.at;

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
    Settings.finite("HardSigmoid alpha", alpha);
    Settings.finite("HardSigmoid beta", beta);
    if (alpha == 0) {
      throw new IllegalArgumentException(
          "HardSigmoid alpha must not be 0; a constant needs no operator");
    }
  }

  @Override
  public double value(double x) {
    return Math.max(0.0, Math.min(1.0, Math.fma(alpha, x, beta)));
  }

  @Override
  public double slope(double x) {
    return value(x) > 0 && value(x) < 1 ? alpha : 0;
  }

  @Override
  public double error() {
    return 0x1p-52;
  }

  @Override
  public double ulps() {
    return 4;
  }

  @Override
  public double slack() {
    return (Math.abs(beta) + 1) * 0x1p-22;
  }

  @Override
  public Profile profile() {
    double zero = -beta / alpha;
    double one = (1 - beta) / alpha;
    return Profile.of(at(Math.min(zero, one), Math.max(zero, one)), LINE, LINE, LINE);
  }

  /** PyTorch's settings. */
  public static HardSigmoid ofPyTorch() {
    return new HardSigmoid(1.0 / 6, 0.5);
  }
}
