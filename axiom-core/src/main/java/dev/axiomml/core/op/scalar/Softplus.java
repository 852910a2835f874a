package dev.axiomml.core.op.scalar;

import static dev.axiomml.core.op.Profile.Curve.CONVEX;
import static dev.axiomml.core.op.Profile.at;

import dev.axiomml.core.op.CurveAccuracy;
import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;
import dev.axiomml.core.op.common.OpSettings;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/**
 * Smooth rectifier {@code ln(1 + exp(beta · x)) / beta}; beyond the threshold {@code x} itself. NaN
 * stays NaN.
 *
 * <p>Shape: any, unchanged. The threshold's small step is part of the accuracy; profile and
 * derivative speak of the smooth function.
 *
 * @param beta sharpness, positive; 1 unless stated
 * @param threshold value of {@code beta · x} from which the answer is {@code x}, positive; PyTorch
 *     has 20, ONNX none (∞)
 */
public record Softplus(double beta, double threshold) implements ScalarOp {
  /** Checks the settings. */
  public Softplus {
    OpSettings.positive("Softplus beta", beta);
    OpSettings.positive("Softplus threshold", Math.min(threshold, Float.MAX_VALUE));
  }

  @Override
  public Softplus withSettings(DoubleUnaryOperator change) {
    return new Softplus(change.applyAsDouble(beta), change.applyAsDouble(threshold));
  }

  @Override
  public double value(double x) {
    double z = beta * x;
    return z > threshold
        ? x
        : (Math.max(z, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(z)))) / beta;
  }

  @Override
  public Optional<ScalarOp> derivative() {
    return Optional.of(
        DifferentialPolynomial.of(
            new SmoothRing(SmoothRing.Kind.LOGISTIC, beta), new double[] {1, 0, 1, 0}));
  }

  @Override
  public CurveAccuracy accuracy() {
    return CurveAccuracy.of(2e-15 + step(), 5 + step() * 0x1p24);
  }

  @Override
  public Profile profile() {
    return Profile.of(this, at(), CONVEX);
  }

  /** Sharpness 1, no threshold. */
  public static Softplus smooth() {
    return new Softplus(1, Double.POSITIVE_INFINITY);
  }

  /** The relative step at the threshold. */
  private double step() {
    return Double.isInfinite(threshold)
        ? 0
        : StrictMath.log1p(StrictMath.exp(-threshold)) / threshold;
  }
}
