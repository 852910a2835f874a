package dev.axiomml.core.op.scalar;

import dev.axiomml.core.op.RealInterval;
import java.util.function.DoubleUnaryOperator;

/** Ranges of functions that repeat. */
final class PeriodicRanges {
  /**
   * How near to a peak counts as reaching it; far above the error of a double angle below {@link
   * #FAR}.
   */
  private static final double NEAR = 1e-9;

  private static final double FAR = 1e5;

  private PeriodicRanges() {}

  /** The range of a wave of period 2π between −1 and 1 with a crest at a phase. */
  static RealInterval range(RealInterval x, double crest, DoubleUnaryOperator wave) {
    RealInterval y = RealInterval.around(wave.applyAsDouble(x.lo()), wave.applyAsDouble(x.hi()));
    double lo = reaches(x, crest + Math.PI, 2 * Math.PI) ? -1 : y.lo();
    double hi = reaches(x, crest, 2 * Math.PI) ? 1 : y.hi();
    return new RealInterval(lo, hi);
  }

  /**
   * Whether an interval reaches {@code phase + k·period} for some k, or comes so near that rounding
   * decides.
   */
  static boolean reaches(RealInterval x, double phase, double period) {
    if (!(x.size() < FAR)) {
      return true;
    }
    double next = phase + Math.ceil((x.lo() - NEAR - phase) / period) * period;
    return next <= x.hi() + NEAR || next - period >= x.lo() - NEAR;
  }
}
