package dev.axiomml.core.op.scalar;

import static dev.axiomml.core.op.Profile.Curve.LINE;
import static dev.axiomml.core.op.Profile.at;

import dev.axiomml.core.op.OpSettings;
import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;
import java.util.function.DoubleUnaryOperator;

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
    OpSettings.end("Clip low end", low);
    OpSettings.end("Clip high end", high);
  }

  @Override
  public Clip withSettings(DoubleUnaryOperator change) {
    return new Clip(change.applyAsDouble(low), change.applyAsDouble(high));
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
    return 0;
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
