package dev.axiomml.core.property;

import dev.axiomml.core.tensor.Tensor;

/** A statement about one sample: its input and the model's output for it. */
public sealed interface Formula {
  /** Both hold. */
  record And(Formula left, Formula right) implements Formula {}

  /** At least one holds. */
  record Or(Formula left, Formula right) implements Formula {}

  /** The right one holds wherever the left one does. */
  record Implies(Formula left, Formula right) implements Formula {}

  /** It does not hold. */
  record Not(Formula formula) implements Formula {}

  /** Two numbers compared; any comparison with NaN is false. */
  record Compare(Term left, Relation relation, Term right) implements Formula {}

  /** A check of all elements. */
  record Check(Predicate predicate, Subject of) implements Formula {}

  /** The largest element of the last axis has this index; a tie counts for every index in it. */
  record ArgmaxIs(Subject of, int index) implements Formula {}

  /**
   * The largest output has the index that it has at a reference input; a tie counts.
   *
   * @param reference one sample, with batch axis
   */
  record ArgmaxStays(Tensor reference) implements Formula {}

  /**
   * Around the sample, outputs move at most {@code constant} times as far as inputs, both in the
   * maximum norm.
   *
   * @param radius of the ball around the sample, in input units
   */
  record LocalLipschitz(double radius, double constant) implements Formula {}

  /** Always true; what an empty conjunction is. */
  record True() implements Formula {}

  /** How two numbers compare. */
  enum Relation {
    /** At most. */
    LE("<="),
    /** Less. */
    LT("<"),
    /** At least. */
    GE(">="),
    /** Greater. */
    GT(">"),
    /** Equal, exactly. */
    EQ("=="),
    /**
     * Equal within the float32 rounding bound of the left side where it is known, else within 1e-6
     * relative.
     */
    NEAR("≈");

    private final String text;

    Relation(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /** What can be asked of all elements at once. */
  enum Predicate {
    /** No element is NaN. */
    NO_NAN,
    /** No element is infinite. */
    NO_INF,
    /** No element is NaN or infinite. */
    FINITE,
    /**
     * Every element is in [0, 1] and each row of the last axis sums to one within its float32
     * rounding bound.
     */
    VALID_PROBABILITIES
  }
}
