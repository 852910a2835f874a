package dev.axiomml.core.op.scalar;

import dev.axiomml.core.op.CurveAccuracy;
import dev.axiomml.core.op.CurvePiece;
import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.DoubleStream;

/**
 * A polynomial of a number and of functions of it whose derivatives are such polynomials again: all
 * derivatives of the sigmoid functions and of the gates made of them.
 *
 * <p>Shape: any, unchanged. NaN stays NaN. Its numbers follow from settings of other operators and
 * stay doubles on every type.
 *
 * @param ring the functions
 * @param terms what is summed, no exponents twice
 */
public record DifferentialPolynomial(SmoothRing ring, List<Term> terms) implements ScalarOp {
  /**
   * A coefficient times powers.
   *
   * @param coefficient a double
   * @param exponents of the number, then of the ring's functions
   */
  public record Term(double coefficient, List<Integer> exponents) {
    /** Copies the exponents. */
    public Term {
      exponents = List.copyOf(exponents);
    }

    private double at(double[] variables) {
      double product = coefficient;
      for (int i = variables.length - 1; i >= 0; i--) { // what has decayed before what has grown
        for (int n = exponents.get(i); n > 0; n--) {
          product *= variables[i];
        }
      }
      return product;
    }

    private Term times(Term other) {
      List<Integer> sum = new ArrayList<>();
      for (int i = 0; i < exponents.size(); i++) {
        sum.add(exponents.get(i) + other.exponents.get(i));
      }
      return new Term(coefficient * other.coefficient, sum);
    }
  }

  /** Checks that every term has an exponent for each function. */
  public DifferentialPolynomial {
    terms = List.copyOf(terms);
    for (Term term : terms) {
      if (term.exponents().size() != ring.size()) {
        throw new IllegalArgumentException(term + " is no term of " + ring);
      }
    }
  }

  /** One or more terms of a ring; each is its coefficient and then the exponents. */
  static DifferentialPolynomial of(SmoothRing ring, double[]... rows) {
    return new DifferentialPolynomial(ring, Arrays.stream(rows).map(SmoothRing::term).toList());
  }

  @Override
  public double value(double x) {
    return sum(ring.variables(ring.rate() * x));
  }

  private double sum(double[] variables) {
    double sum = 0;
    for (Term term : terms) {
      sum += term.at(variables);
    }
    return sum;
  }

  @Override
  public Optional<ScalarOp> derivative() {
    return Optional.of(slope());
  }

  private DifferentialPolynomial slope() {
    Map<String, Term> sums = new TreeMap<>();
    for (Term term : terms) {
      for (int i = 0; i < term.exponents().size(); i++) {
        int power = term.exponents().get(i);
        List<Integer> lower = new ArrayList<>(term.exponents());
        lower.set(i, power - 1);
        Term outer = new Term(term.coefficient() * power * ring.rate(), lower);
        List<Term> inner = power == 0 ? List.of() : ring.derivative(i);
        inner.forEach(rule -> add(sums, outer.times(rule)));
      }
    }
    return new DifferentialPolynomial(
        ring, sums.values().stream().filter(term -> term.coefficient() != 0).toList());
  }

  private static void add(Map<String, Term> sums, Term term) {
    sums.merge(
        term.exponents().toString(),
        term,
        (a, b) -> new Term(a.coefficient() + b.coefficient(), a.exponents()));
  }

  /** Terms may cancel; each is at most its coefficient times {@link SmoothRing#reach}. */
  @Override
  public CurveAccuracy accuracy() {
    double sum = 0;
    for (Term term : terms) {
      sum += Math.abs(term.coefficient()) * ring.reach(term.exponents());
    }
    double error = ring.error();
    return new CurveAccuracy(error, 1, terms.size() > 1 ? 2 * error * sum : 0);
  }

  @Override
  public Profile profile() {
    SmoothSigns signs = new SmoothSigns(slope().slope());
    double[] cuts = DoubleStream.of(signs.cuts()).map(cut -> cut / ring.rate()).toArray();
    Profile inside = Profile.of(this, cuts, signs.forms());
    double far = ring.far() / ring.rate();
    List<CurvePiece> left = tail(-1);
    List<CurvePiece> right = tail(1);
    return (lo, hi) -> {
      boolean known = signs.isComplete();
      known &= (lo >= -far || !left.isEmpty()) && (hi <= far || !right.isEmpty());
      List<CurvePiece> pieces = new ArrayList<>();
      if (known && lo < -far) {
        left.forEach(p -> pieces.add(new CurvePiece(lo, Math.min(hi, -far), p.form(), p.curve())));
      }
      if (known && lo <= far && hi >= -far) {
        pieces.addAll(inside.pieces(Math.max(lo, -far), Math.min(hi, far)));
      }
      if (known && hi > far) {
        right.forEach(p -> pieces.add(new CurvePiece(Math.max(lo, far), hi, p.form(), p.curve())));
      }
      return pieces;
    };
  }

  /** Constants below and above all beyond {@link SmoothRing#far}; empty where something grows. */
  private List<CurvePiece> tail(int side) {
    double[] near = ring.variables(side * ring.far());
    double[] end = ring.variables(side * Double.POSITIVE_INFINITY);
    double low = 0;
    double high = 0;
    for (Term term : terms) {
      boolean decays = false;
      double[] held = near.clone();
      for (int i = 1; i < end.length; i++) {
        decays |= end[i] == 0 && term.exponents().get(i) > 0;
        held[i] = Math.max(near[i], end[i]);
      }
      double most = Math.abs(term.at(held));
      double level = term.coefficient();
      if (!decays && term.exponents().get(0) > 0) {
        return List.of();
      }
      low += decays ? -most : Math.min(level, term.at(near));
      high += decays ? most : Math.max(level, term.at(near));
    }
    double doubt = accuracy().slack() + ring.error() * Math.max(-low, high);
    return List.of(
        UnitSteps.level(-1, 1, low - doubt - Double.MIN_NORMAL),
        UnitSteps.level(-1, 1, high + doubt + Double.MIN_NORMAL));
  }

  /** The value where the ring's number is {@code y}. */
  double inner(double y) {
    return sum(ring.variables(y));
  }

  /** No value between two numbers of the ring on one side of 0 is larger in magnitude. */
  double most(double lo, double hi) {
    double[] largest = ring.variables(lo);
    double[] other = ring.variables(hi);
    for (int i = 0; i < largest.length; i++) {
      largest[i] = Math.max(Math.abs(largest[i]), Math.abs(other[i]));
    }
    double most = 0;
    for (Term term : terms) {
      most += Math.abs(term.at(largest));
    }
    return most;
  }

  /** The same with every derivative taken once more. */
  DifferentialPolynomial next() {
    return slope();
  }
}
