package dev.axiomml.core.op.scalar;

import java.util.Arrays;

/** A polynomial of one variable with double coefficients; never changes. */
public final class RealPolynomial {
  /** The constant 0. */
  public static final RealPolynomial ZERO = new RealPolynomial();

  /** The constant 1. */
  public static final RealPolynomial ONE = new RealPolynomial(1);

  private final double[] coefficients;

  private RealPolynomial(double... coefficients) {
    int n = coefficients.length;
    while (n > 0 && coefficients[n - 1] == 0) {
      n--;
    }
    this.coefficients = Arrays.copyOf(coefficients, n);
  }

  /** The polynomial of some coefficients, that of the constant first. */
  public static RealPolynomial of(double... coefficients) {
    return new RealPolynomial(coefficients);
  }

  /** The highest exponent; −1 for 0. */
  public int degree() {
    return coefficients.length - 1;
  }

  /** The coefficient of a power. */
  public double coefficient(int power) {
    return power <= degree() ? coefficients[power] : 0;
  }

  /** The number of coefficients that are not 0. */
  int terms() {
    return (int) Arrays.stream(coefficients).filter(c -> c != 0).count();
  }

  /** The value at a place, by Horner's rule. */
  public double at(double x) {
    double y = 0;
    for (int i = degree(); i >= 0; i--) {
      y = i == degree() ? coefficients[i] : Math.fma(y, x, coefficients[i]);
    }
    return y;
  }

  /** The sum. */
  public RealPolynomial plus(RealPolynomial other) {
    double[] sum = Arrays.copyOf(coefficients, Math.max(degree(), other.degree()) + 1);
    for (int i = 0; i <= other.degree(); i++) {
      sum[i] += other.coefficients[i];
    }
    return new RealPolynomial(sum);
  }

  /** The product. */
  public RealPolynomial times(RealPolynomial other) {
    double[] product = new double[Math.max(0, coefficients.length + other.coefficients.length - 1)];
    for (int i = 0; i <= degree(); i++) {
      for (int j = 0; j <= other.degree(); j++) {
        product[i + j] += coefficients[i] * other.coefficients[j];
      }
    }
    return new RealPolynomial(product);
  }

  /** The derivative. */
  public RealPolynomial derivative() {
    double[] slopes = new double[Math.max(0, degree())];
    Arrays.setAll(slopes, i -> (i + 1) * coefficients[i + 1]);
    return new RealPolynomial(slopes);
  }

  /**
   * Whether a value may be much smaller than what it is summed from: not where one rounding makes
   * it, nor where all terms have one sign on either side of 0.
   */
  public boolean cancels() {
    double sum = 0;
    double magnitude = 0;
    for (int i = 0; i <= degree(); i++) {
      boolean odd = (degree() - i) % 2 != 0;
      sum += odd ? 0 : coefficients[i];
      magnitude += Math.abs(coefficients[i]);
    }
    return degree() > 1 && Math.abs(sum) != magnitude;
  }

  /** The sum of the magnitudes of its coefficients times something for each exponent. */
  double magnitude(java.util.function.IntToDoubleFunction ofPower) {
    double sum = 0;
    for (int i = 0; i <= degree(); i++) {
      sum += coefficients[i] == 0 ? 0 : Math.abs(coefficients[i]) * ofPower.applyAsDouble(i);
    }
    return sum;
  }

  /** Where its sign changes, rising, each to a unit in the last place or two. */
  public double[] signChanges() {
    if (degree() < 1) {
      return new double[0];
    }
    double bound = 1 + magnitude(i -> 1) / Math.abs(coefficients[degree()]);
    double[] turns = derivative().signChanges();
    double[] found = new double[degree()];
    int n = 0;
    for (int i = 0; i <= turns.length; i++) {
      double a = i == 0 ? -bound : turns[i - 1];
      double b = i == turns.length ? bound : turns[i];
      if (Math.signum(at(a)) * Math.signum(at(b)) < 0) {
        found[n++] = zero(a, b);
      }
    }
    return Arrays.copyOf(found, n);
  }

  private double zero(double from, double to) {
    double a = from;
    double b = to;
    double sign = Math.signum(at(a));
    double middle = a + (b - a) / 2;
    while (a < middle && middle < b) {
      double y = at(middle);
      if (y == 0) {
        return middle;
      }
      boolean before = Math.signum(y) == sign;
      a = before ? middle : a;
      b = before ? b : middle;
      middle = a + (b - a) / 2;
    }
    return b;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RealPolynomial that && Arrays.equals(coefficients, that.coefficients);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(coefficients);
  }

  @Override
  public String toString() {
    return Arrays.toString(coefficients);
  }
}
