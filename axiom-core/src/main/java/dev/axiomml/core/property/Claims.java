package dev.axiomml.core.property;

import dev.axiomml.core.property.Formula.Predicate;
import dev.axiomml.core.tensor.Tensor;

/** The words for properties and regions, to be imported statically; {@code Dsl} has them too. */
public class Claims {
  /** For {@code Dsl}, which adds the words for networks. */
  protected Claims() {}

  /**
   * Every output is in [0, 1] and each row of the last axis sums to one within its float32 rounding
   * bound.
   */
  public static Property<Probabilities> validProbabilities() {
    return new Property<>(new Formula.Check(Predicate.VALID_PROBABILITIES, Subject.OUTPUT));
  }

  /** No output is NaN. */
  public static Property<Output> noNaN() {
    return new Property<>(new Formula.Check(Predicate.NO_NAN, Subject.OUTPUT));
  }

  /** No output is infinite. */
  public static Property<Output> noInfinity() {
    return new Property<>(new Formula.Check(Predicate.NO_INF, Subject.OUTPUT));
  }

  /** No output is NaN or infinite. */
  public static Property<Output> finiteOutput() {
    return new Property<>(new Formula.Check(Predicate.FINITE, Subject.OUTPUT));
  }

  /** Every output is finite and in an interval, ends included; an infinite end is none. */
  public static Property<Output> outputIn(double low, double high) {
    Term max = new Term.Reduce(Term.Reduction.MAX, Subject.OUTPUT);
    Term min = new Term.Reduce(Term.Reduction.MIN, Subject.OUTPUT);
    Formula least = bound(min, Formula.Relation.GE, low, Double.NEGATIVE_INFINITY);
    Formula most = bound(max, Formula.Relation.LE, high, Double.POSITIVE_INFINITY);
    return new Property<>(new Formula.And(least, most));
  }

  private static Formula bound(Term of, Formula.Relation relation, double end, double none) {
    return end == none
        ? new Formula.Check(Predicate.FINITE, Subject.OUTPUT)
        : new Formula.Compare(of, relation, Term.Constant.of(end));
  }

  /** The largest output is this class, in every row where there are several; a tie counts. */
  public static Property<Classes> argmaxIs(int index) {
    return new Property<>(new Formula.ArgmaxIs(Subject.OUTPUT, index));
  }

  /**
   * Inputs that differ by less than {@code radius} have outputs that differ by less than {@code
   * limit}, both in the maximum norm: around the samples that are given, else for all inputs of the
   * domain.
   *
   * @param radius positive, in input units
   * @param limit positive, in output units
   */
  public static Property<Output> localLipschitz(double radius, double limit) {
    return new Property<>(new Formula.LocalLipschitz(radius, limit));
  }

  /**
   * Around each sample outputs move at most {@code ratio} times as far as inputs, both in the
   * maximum norm.
   *
   * @param radius of the ball around a sample, positive, in input units
   */
  public static Property<Output> lipschitz(double radius, double ratio) {
    return new Property<>(new Formula.Lipschitz(radius, ratio));
  }

  /** A property in its text form. */
  public static Property<Output> property(String text) {
    return new Property<>(PropertyText.formula(text));
  }

  /** All inputs whose every element is in an interval, ends included. */
  public static Region inputIn(double low, double high) {
    return new Region.Range(low, high);
  }

  /** All finite float32 inputs. */
  public static Region allInputs() {
    return new Region.Everything();
  }

  /** A ball in the maximum norm, in input units. */
  public static Radius linf(double radius) {
    return new Radius(Region.Norm.LINF, radius);
  }

  /** A ball in the Euclidean norm, in input units. */
  public static Radius l2(double radius) {
    return new Radius(Region.Norm.L2, radius);
  }

  /** A ball in the sum norm, in input units. */
  public static Radius l1(double radius) {
    return new Radius(Region.Norm.L1, radius);
  }

  /** A ball's size without its centre. */
  public record Radius(Region.Norm norm, double radius) {
    /** Refuses a radius that is negative, NaN or infinite. */
    public Radius {
      Region.checkRadius(norm, radius);
    }

    /** The ball around one input (batch axis of size one). */
    public Region around(Tensor center) {
      return new Region.Ball(norm, center, radius);
    }
  }

  /** What is claimed of all inputs near one. */
  public static Robustness robust(Tensor center, Radius radius) {
    return new Robustness(center, radius);
  }

  /** A ball around one input, waiting for what is claimed of it. */
  public record Robustness(Tensor center, Radius radius) {
    /**
     * The class with the largest output stays the one it is at the centre, in every row where there
     * are several; a tie counts.
     */
    public Theorem<Classes> argmaxStays() {
      return new Theorem<>(radius.around(center), new Formula.ArgmaxStays(center));
    }

    /** A property holds for all of them. */
    public <O extends Output> Theorem<O> satisfies(Property<O> property) {
      return property.forAll(radius.around(center));
    }
  }
}
