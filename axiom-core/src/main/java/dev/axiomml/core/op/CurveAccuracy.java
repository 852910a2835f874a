package dev.axiomml.core.op;

/**
 * How far numbers may be from the real function of a {@link ScalarOp}.
 *
 * @param error how far {@code value} may be, relative to its magnitude; 0 only where it is exact
 * @param ulps how far an executed float32 version may be, in float32 units in the last place of the
 *     result; 0 = exact. Results below 2⁻¹²⁶ have units of 2⁻¹⁴⁹; results beyond float32 may be
 *     infinite. It holds for all settings that the constructor takes, rounded to float32 as {@link
 *     Op#on} does, and near zeros of the function too: an executor whose own steps would overflow,
 *     underflow or cancel there computes in double.
 * @param slack an absolute error of {@code value}, an execution and the profile together, besides
 *     the others: not 0 where a cut is no double, so that the function bends a little beside it, or
 *     where terms cancel
 */
public record CurveAccuracy(double error, double ulps, double slack) {
  /** Exact everywhere. */
  public static final CurveAccuracy EXACT = of(0, 0);

  /** Relative errors alone. */
  public static CurveAccuracy of(double error, double ulps) {
    return new CurveAccuracy(error, ulps, 0);
  }

  /** How far the function may be from a value {@code y} of it, at most. */
  public double doubt(double y) {
    return error == 0 ? slack : error * Math.abs(y) * (1 + 0x1p-50) + slack + Double.MIN_NORMAL;
  }

  /** The worse of both in each number. */
  public CurveAccuracy or(CurveAccuracy other) {
    return new CurveAccuracy(
        Math.max(error, other.error), Math.max(ulps, other.ulps), Math.max(slack, other.slack));
  }
}
