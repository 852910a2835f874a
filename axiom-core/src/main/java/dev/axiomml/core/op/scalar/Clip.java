package dev.axiomml.core.op.scalar;

import dev.axiomml.core.op.CurveAccuracy;
import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;
import dev.axiomml.core.op.common.OpSettings;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;

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
  public Optional<ScalarOp> derivative() {
    return Optional.of(
        low < high ? PiecewiseCurve.ramp(low, 1, high) : WeightedPolynomial.constant(0));
  }

  @Override
  public CurveAccuracy accuracy() {
    return CurveAccuracy.EXACT;
  }

  @Override
  public Profile profile() {
    double[] ends = DoubleStream.of(low, high).filter(Double::isFinite).toArray();
    return low < high ? Profile.lines(this, ends) : Profile.lines(this);
  }
}
