package dev.axiomml.core.op.scalar;

import static dev.axiomml.core.op.Profile.Curve.CONCAVE;
import static dev.axiomml.core.op.Profile.Curve.CONVEX;
import static dev.axiomml.core.op.Profile.at;

import dev.axiomml.core.op.CurveAccuracy;
import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;
import java.util.Optional;

/**
 * The approximation of {@link Gelu} by a hyperbolic tangent: {@code x · σ(2√(2/π)(x +
 * 0.044715x³))}.
 *
 * <p>Shape: any, unchanged. −∞ and NaN give NaN, as in PyTorch.
 *
 * <p>f″ is even; its only positive root is that of {@code 2z′ + x((1 − 2σ(z))z′² + z″)}, found with
 * 50 digits by bisection.
 */
public record GeluTanh() implements ScalarOp {
  static final double ROOT = 1.5957691216057308; // 2√(2/π)
  static final double CUBE = 0.044715;
  private static final double CUT = 1.4185040087908285;

  /**
   * The exponent of the tail reaches −750 before the result is zero; its rounding is relative to
   * it.
   */
  static final double TAIL = 750 * 0x1p-50;

  static double inner(double x) {
    return ROOT * x * Math.fma(CUBE * x, x, 1);
  }

  @Override
  public double value(double x) {
    return x * Sigmoid.logistic(inner(x));
  }

  @Override
  public Optional<ScalarOp> derivative() {
    return Optional.of(
        DifferentialPolynomial.of(
            new SmoothRing(SmoothRing.Kind.GELU_TANH, 1),
            new double[] {1, 0, 1, 0},
            new double[] {ROOT, 1, 1, 1},
            new double[] {3 * ROOT * CUBE, 3, 1, 1}));
  }

  @Override
  public CurveAccuracy accuracy() {
    return CurveAccuracy.of(TAIL, 4);
  }

  @Override
  public Profile profile() {
    return Profile.of(this, at(-CUT, CUT), CONCAVE, CONVEX, CONCAVE);
  }
}
