package dev.axiomml.verify.bound;

import dev.axiomml.core.op.Box;
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
    Optional<CurveInterval> known = curve.on(x.lo()[i], x.hi()[i]);
    if (known.isEmpty()) {
      return;
    }
    CurveInterval span = known.get();
    double magnitude = Math.max(-span.least(1, 0), -span.least(-1, 0));
    magnitude = Math.max(magnitude, 0);
    double margin = rounding.ofValue(magnitude, curve.f()) + rounding.flushing();
    if (Double.isNaN(magnitude) || rounding.overflows(magnitude + margin)) {
      return;
    }
    lowSlope[i] = span.slope(1);
    low[i] = span.least(1, lowSlope[i]) - margin;
    double steep = span.slope(-1);
    highSlope[i] = -steep;
    high[i] = -span.least(-1, steep) + margin;
  }
}
