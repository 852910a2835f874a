package dev.axiomml.verify.bound.curve;

/**
 * A function of one number over an interval. Whatever slope is chosen, the line that {@link #least}
 * gives is sound, so slopes may be found by any search.
 */
public interface CurveSpan {
  /** A sound least value of {@code sign·f(x) − k·x} over the interval; NaN when unknown. */
  double least(double sign, double k);

  /** The slope of a good line below {@code sign·f}; any slope would be sound. */
  double slope(double sign);
}
