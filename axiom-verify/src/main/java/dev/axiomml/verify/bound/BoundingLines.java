package dev.axiomml.verify.bound;

import dev.axiomml.core.op.Box;
import dev.axiomml.verify.bound.curve.CurveSpan;
import dev.axiomml.verify.bound.curve.ProfileCurve;
import java.util.Optional;

/**
 * For each element of a function of one number, a line below and a line above every float32
 * execution on a box.
 *
 * @param lowSlope slopes of the lines below
 * @param low where they cross zero input; −∞ where nothing is known
 * @param highSlope slopes of the lines above
 * @param high where they cross zero input; ∞ where nothing is known
 */
record BoundingLines(double[] lowSlope, double[] low, double[] highSlope, double[] high) {
  static BoundingLines of(ProfileCurve curve, Box x, RoundingModel rounding) {
    int n = x.size();
    BoundingLines lines =
        new BoundingLines(new double[n], new double[n], new double[n], new double[n]);
    for (int i = 0; i < n; i++) {
      lines.draw(i, curve, x, rounding);
    }
    return lines;
  }

  private void draw(int i, ProfileCurve curve, Box x, RoundingModel rounding) {
    low[i] = Double.NEGATIVE_INFINITY;
    high[i] = Double.POSITIVE_INFINITY;
    Optional<CurveSpan> known = curve.on(x.lo()[i], x.hi()[i]);
    if (known.isEmpty()) {
      return;
    }
    CurveSpan span = known.get();
    double magnitude = Math.max(-span.least(1, 0), -span.least(-1, 0));
    magnitude = Math.max(magnitude, 0);
    double margin = rounding.ofValue(magnitude, curve.f()) + rounding.flushing(magnitude);
    if (Double.isNaN(magnitude) || rounding.overflows(magnitude + margin)) {
      return;
    }
    lowSlope[i] = span.slope(1);
    low[i] = span.least(1, lowSlope[i]) - margin;
    double steep = span.slope(-1);
    highSlope[i] = -steep;
    high[i] = -span.least(-1, steep) + margin;
  }

  /**
   * Moves each line away from its function by what a backward step of ours may lose at it, for each
   * unit of its coefficient.
   *
   * @param own what sums of ours may lose, relative to the magnitudes of what they add
   * @param reach the largest magnitude of each argument
   */
  BoundingLines apart(double own, double[] reach) {
    for (int i = 0; i < low.length; i++) {
      low[i] -= own * (Math.abs(low[i]) + inexact(lowSlope[i], reach[i]));
      high[i] += own * (Math.abs(high[i]) + inexact(highSlope[i], reach[i]));
    }
    return this;
  }

  /** Products with zero and with one are exact. */
  private static double inexact(double slope, double reach) {
    return slope == 0 || slope == 1 ? 0 : Math.abs(slope) * reach;
  }
}
