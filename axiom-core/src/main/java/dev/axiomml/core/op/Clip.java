package dev.axiomml.core.op;

import static dev.axiomml.core.op.Profile.Curve.LINE;
import static dev.axiomml.core.op.Profile.at;

/**
 * The nearest number between two ends; NaN stays NaN.
 *
 * <p>Shape: any, unchanged. {@code Clip(0, 6)} is known as ReLU6, {@code Clip(−1, 1)} as hard tanh.
 * When the ends are crossed, the upper one is the answer everywhere, as in ONNX and PyTorch.
 *
 * @param low lower end, possibly −∞
 * @param high upper end, possibly ∞
 */
public record Clip(double low, double high) implements ScalarOp {
  /** Checks the settings. */
  public Clip {
    if (Double.isNaN(low) || Double.isNaN(high)) {
      throw new IllegalArgumentException("Clip ends must be numbers, got " + low + " and " + high);
    }
  }

  @Override
  public double value(double x) {
    return Math.min(Math.max(x, low), high);
  }

  @Override
  public double slope(double x) {
    return x > low && x < high ? 1 : 0;
  }

  @Override
  public double error() {
    return 0;
  }

  @Override
  public double ulps() {
    return (float) low == low && (float) high == high ? 0 : 1;
  }

  @Override
  public Profile profile() {
    if (low >= high) {
      return Profile.of(at(), LINE);
    }
    return Double.isInfinite(low)
        ? upper()
        : Double.isInfinite(high)
            ? Profile.of(at(low), LINE, LINE)
            : Profile.of(at(low, high), LINE, LINE, LINE);
  }

  private Profile upper() {
    return Double.isInfinite(high) ? Profile.of(at(), LINE) : Profile.of(at(high), LINE, LINE);
  }
}
