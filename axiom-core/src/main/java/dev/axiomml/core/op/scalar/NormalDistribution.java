package dev.axiomml.core.op.scalar;

/**
 * The normal distribution and the error function in double precision.
 *
 * <p>Near zero the series of positive terms {@code φ(x)(x + x³/3 + x⁵/15 + …)}, in the tail the
 * continued fraction of Mills' ratio {@code φ(x)/(x + 1/(x + 2/(x + …)))} (Abramowitz and Stegun
 * 26.2.11 and 26.2.14). Measured against series in 60 digits: {@link #cdf} is within 1e-14, {@link
 * #erf} within 4e-15 of its magnitude.
 */
public final class NormalDistribution {
  private static final double ROOT_TWO_PI = 2.5066282746310007;
  private static final double EDGE = 1.5;

  private NormalDistribution() {}

  /** Density of the normal distribution; the square's rounding error is put back. */
  static double density(double x) {
    double square = x * x;
    if (square > 1500) {
      return 0;
    }
    double rest = Math.fma(x, x, -square);
    return StrictMath.exp(-square / 2) * (1 - rest / 2) / ROOT_TWO_PI;
  }

  /** Probability of a number below x; NaN for NaN. */
  public static double cdf(double x) {
    if (x < -EDGE) {
      return tail(-x);
    }
    return x > EDGE ? 1 - tail(x) : 0.5 + center(x);
  }

  /** Error function; NaN for NaN. */
  static double erf(double x) {
    double z = x * Math.sqrt(2);
    if (Math.abs(z) > EDGE) {
      return Math.copySign(1 - 2 * tail(Math.abs(z)), x);
    }
    return 2 * center(z);
  }

  /** Probability between 0 and x. */
  private static double center(double x) {
    double term = x;
    double sum = x;
    for (int n = 3; Math.abs(term) > Math.abs(sum) * 0x1p-56; n += 2) {
      term *= x * x / n;
      sum += term;
    }
    return sum * density(x);
  }

  /**
   * Probability of a number above x, for x of at least 1; the fraction is cut where it no longer
   * matters.
   */
  private static double tail(double x) {
    double below = x;
    for (int k = (int) (450 / (x * x)) + 20; k > 0; k--) {
      below = x + k / below;
    }
    return density(x) / below;
  }
}
