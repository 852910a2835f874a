package dev.axiomml.core.op.scalar;

import dev.axiomml.core.op.scalar.DifferentialPolynomial.Term;
import java.util.Arrays;
import java.util.List;

/**
 * Functions of one number {@code y = rate · x} whose derivatives are polynomials of them and of
 * {@code y}.
 *
 * @param kind which functions
 * @param rate a positive number
 */
public record SmoothRing(Kind kind, double rate) {
  private static final int MOST = 24;

  /** Checks the rate. */
  public SmoothRing {
    if (!(rate > 0)) {
      throw new IllegalArgumentException("the rate " + rate + " is not positive");
    }
  }

  /** The rings; each variable is monotone on either side of 0 and between 0 and 1. */
  public enum Kind {
    /** {@code s = σ(y)} and {@code c = σ(−y)}. */
    LOGISTIC(64, 4e-15) {
      @Override
      double[] variables(double y) {
        double e = StrictMath.exp(-Math.abs(y));
        double large = 1 / (1 + e);
        double small = e / (1 + e);
        return y >= 0 ? new double[] {y, large, small} : new double[] {y, small, large};
      }

      @Override
      double[][][] rules() {
        return new double[][][] {{{1, 0, 1, 1}}, {{-1, 0, 1, 1}}};
      }
    },
    /** {@code s = σ(z(y))} and {@code c = σ(−z(y))} for the cubic of {@link GeluTanh}. */
    GELU_TANH(8, GeluTanh.TAIL) {
      @Override
      double[] variables(double y) {
        double z = GeluTanh.inner(y);
        return new double[] {y, Sigmoid.logistic(z), Sigmoid.logistic(-z)};
      }

      @Override
      double[][][] rules() {
        double root = GeluTanh.ROOT;
        double cube = 3 * GeluTanh.ROOT * GeluTanh.CUBE;
        return new double[][][] {
          {{root, 0, 1, 1}, {cube, 2, 1, 1}}, {{-root, 0, 1, 1}, {-cube, 2, 1, 1}}
        };
      }
    },
    /** {@code s = σ(y)}, {@code c = σ(−y)}, {@code g = tanh(ln(1 + exp(y)))}, {@code h = 1 − g}. */
    MISH(64, 8e-15) {
      @Override
      double[] variables(double y) {
        double s = Sigmoid.logistic(y);
        double c = Sigmoid.logistic(-y);
        return new double[] {y, s, c, Mish.gate(y), 2 * c * c / (1 + c * c)};
      }

      @Override
      double[][][] rules() {
        return new double[][][] {
          {{1, 0, 1, 1, 0, 0}},
          {{-1, 0, 1, 1, 0, 0}},
          {{1, 0, 1, 0, 0, 1}, {1, 0, 1, 0, 1, 1}},
          {{-1, 0, 1, 0, 0, 1}, {-1, 0, 1, 0, 1, 1}}
        };
      }
    },
    /** The normal distribution {@code Φ(y)} and its density {@code φ(y)}. */
    NORMAL(32, 2e-14) {
      @Override
      double[] variables(double y) {
        return new double[] {y, NormalDistribution.cdf(y), NormalDistribution.density(y)};
      }

      @Override
      double[][][] rules() {
        return new double[][][] {{{1, 0, 0, 1}}, {{-1, 1, 0, 1}}};
      }
    };

    private final double far;
    private final double error;

    Kind(double far, double error) {
      this.far = far;
      this.error = error;
    }

    /** The number and the functions there. */
    abstract double[] variables(double y);

    /** The terms of each function's derivative: a coefficient and then the exponents. */
    abstract double[][][] rules();
  }

  /** A term: its coefficient and then the exponents. */
  static Term term(double[] row) {
    List<Integer> exponents =
        Arrays.stream(row).skip(1).mapToObj(exponent -> (int) exponent).toList();
    return new Term(row[0], exponents);
  }

  double[] variables(double y) {
    double[] variables = kind.variables(y);
    boolean gone = Double.isInfinite(y); // there a term with the number has decayed to 0
    variables[0] = gone ? 0 : y;
    return variables;
  }

  /** The derivative of a variable by the number. */
  List<Term> derivative(int variable) {
    return variable == 0
        ? List.of(new Term(1, java.util.Collections.nCopies(size(), 0)))
        : Arrays.stream(kind.rules()[variable - 1]).map(SmoothRing::term).toList();
  }

  /** How far a product of variables may be off, relative to it. */
  double error() {
    return kind.error * MOST;
  }

  /** Beyond this number, on either side, whatever decays is next to nothing. */
  double far() {
    return kind.far;
  }

  /** The number of exponents of a term. */
  int size() {
    return kind.rules().length + 1;
  }

  /**
   * No product of these powers is larger. A power of the number is bounded only together with a
   * factor that falls at least as {@code exp(−|y|)} on both sides.
   */
  double reach(List<Integer> exponents) {
    int n = exponents.get(0);
    if (n == 0) {
      return 1;
    }
    boolean normal = kind == Kind.NORMAL;
    int falling = exponents.size() - 1;
    boolean decays = exponents.get(falling) > 0 && (normal || exponents.get(1) > 0);
    return decays ? 2 * Math.max(1, StrictMath.pow(n / Math.E, n)) : Double.POSITIVE_INFINITY;
  }

  /** Whether a product of these powers has no more factors than {@link #error} counts. */
  boolean isKnown(List<Integer> exponents) {
    return exponents.stream().mapToInt(n -> n).sum() <= MOST;
  }
}
