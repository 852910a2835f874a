package dev.axiomml.core.op.common;

import dev.axiomml.core.op.Box;

/**
 * All numbers between two ends; a NaN end means that nothing is known.
 *
 * <p>Ends are computed in double precision; {@link #rounded} adds what float32 executions may be
 * off, with room for the error of the ends themselves.
 */
public record RealInterval(double lo, double hi) {
  /** Half a unit in the last place of float32, relative. */
  public static final double U = 0x1p-24;

  /** Below this size float32 executions may answer 0 instead: 2⁻¹²⁶. */
  public static final double TINY = 0x1p-126;

  public static final RealInterval ANY =
      new RealInterval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  public static RealInterval of(Box x, int i) {
    return new RealInterval(x.lo()[i], x.hi()[i]);
  }

  /** From the smallest to the largest of some numbers; a NaN among them makes it {@link #ANY}. */
  public static RealInterval around(double... ends) {
    double lo = Double.POSITIVE_INFINITY;
    double hi = Double.NEGATIVE_INFINITY;
    for (double end : ends) {
      lo = Math.min(lo, end);
      hi = Math.max(hi, end);
    }
    return Double.isNaN(lo) || Double.isNaN(hi) ? ANY : new RealInterval(lo, hi);
  }

  public boolean holds(double x) {
    return lo <= x && x <= hi;
  }

  public boolean isPoint() {
    return lo == hi;
  }

  public RealInterval times(RealInterval other) {
    return around(lo * other.lo, lo * other.hi, hi * other.lo, hi * other.hi);
  }

  public RealInterval and(RealInterval other) {
    return around(lo, hi, other.lo, other.hi);
  }

  /** Magnitudes. */
  public RealInterval abs() {
    double most = Math.max(Math.abs(lo), Math.abs(hi));
    return new RealInterval(holds(0) ? 0 : Math.min(Math.abs(lo), Math.abs(hi)), most);
  }

  /** The largest magnitude. */
  public double size() {
    return Math.max(Math.abs(lo), Math.abs(hi));
  }

  /** Wider by an absolute margin at both ends. */
  public RealInterval wider(double margin) {
    return new RealInterval(lo - margin, hi + margin);
  }

  /**
   * Wider by float32 units in the last place of each end, and down to 0 where a result may be
   * flushed to it; beyond float32 infinite.
   */
  public RealInterval rounded(double ulps) {
    double low = lo - ulps * Math.ulp((float) lo);
    double high = hi + ulps * Math.ulp((float) hi);
    return ulps == 0
        ? this
        : new RealInterval(low > 0 && low < TINY ? 0 : low, high < 0 && high > -TINY ? 0 : high);
  }

  public RealInterval within(double low, double high) {
    return new RealInterval(Math.max(low, lo), Math.min(high, hi));
  }

  public void put(Box y, int i) {
    y.lo()[i] = lo;
    y.hi()[i] = hi;
  }
}
