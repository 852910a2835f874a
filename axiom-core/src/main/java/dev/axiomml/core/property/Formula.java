package dev.axiomml.core.property;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.PropertyException;
import dev.axiomml.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

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

  /** Two numbers compared; false where one is computed from an element that is not finite. */
  record Compare(Term left, Relation relation, Term right) implements Formula {}

  /** A check of all elements. */
  record Check(Predicate predicate, Subject of) implements Formula {}

  /**
   * The largest element of a row of the last axis has this index; a tie counts for every index in
   * it.
   *
   * @param row the first indices of the rows that are meant, without batch and class; empty for all
   *     rows
   * @param index at least 0
   */
  record ArgmaxIs(Subject of, List<Integer> row, int index) implements Formula {
    /** Copies the list; refuses negative indices. */
    public ArgmaxIs {
      row = List.copyOf(row);
      if (index < 0 || row.stream().anyMatch(i -> i < 0)) {
        throw new PropertyException(
            new Diagnosis(
                "class " + index + (row.isEmpty() ? "" : " of row " + row),
                "",
                "classes and rows are counted from 0",
                "name a class from 0 on, e.g. argmaxIs(3)"));
      }
    }

    /** Of every row. */
    public ArgmaxIs(Subject of, int index) {
      this(of, List.of(), index);
    }
  }

  /**
   * In every row of the last axis the largest output has the index that it has at a reference
   * input; a tie counts.
   *
   * @param reference one sample, with batch axis
   */
  record ArgmaxStays(Tensor reference) implements Formula {}

  /**
   * Inputs nearer to the sample than a radius have outputs nearer to its output than a limit, both
   * in the maximum norm: {@code ‖x − x′‖ < radius} implies {@code ‖f(x) − f(x′)‖ < limit}.
   *
   * @param radius positive, in input units
   * @param limit positive, in output units
   */
  record LocalLipschitz(double radius, double limit) implements Formula {
    /** Checks both numbers. */
    public LocalLipschitz {
      positive("local_lipschitz", radius, limit);
    }
  }

  /**
   * Within a radius around the sample, outputs move at most {@code ratio} times as far as inputs,
   * both in the maximum norm.
   *
   * @param radius positive, in input units
   * @param ratio not negative
   */
  record Lipschitz(double radius, double ratio) implements Formula {
    /** Checks both numbers. */
    public Lipschitz {
      positive("lipschitz", radius, ratio == 0 ? 1 : ratio);
    }
  }

  private static void positive(String word, double radius, double other) {
    if (!(radius > 0 && other > 0 && Math.max(radius, other) <= Double.MAX_VALUE)) {
      throw new PropertyException(
          new Diagnosis(
              word + "(" + radius + ", " + other + ")",
              "",
              "the radius and the limit are positive and finite",
              "write two positive numbers, e.g. " + word + "(0.01, 0.1)"));
    }
  }

  /** Always true; what an empty conjunction is. */
  record True() implements Formula {}

  /** The formulas that it is joined of, from left to right. */
  default List<Formula> atoms() {
    List<Formula> atoms = new ArrayList<>();
    if (this instanceof And and) {
      atoms.addAll(and.left.atoms());
      atoms.addAll(and.right.atoms());
    } else if (this instanceof Or or) {
      atoms.addAll(or.left.atoms());
      atoms.addAll(or.right.atoms());
    } else if (this instanceof Implies implies) {
      atoms.addAll(implies.left.atoms());
      atoms.addAll(implies.right.atoms());
    } else if (this instanceof Not not) {
      atoms.addAll(not.formula.atoms());
    } else {
      atoms.add(this);
    }
    return atoms;
  }

  /** Whether it speaks of two inputs at once, which is tested around samples. */
  default boolean isOfPairs() {
    return atoms().stream().anyMatch(a -> a instanceof LocalLipschitz || a instanceof Lipschitz);
  }

  /** Whether some atom of it speaks of a subject. */
  default boolean mentions(Subject subject) {
    return atoms().stream().anyMatch(atom -> mentions(atom, subject));
  }

  private static boolean mentions(Formula atom, Subject subject) {
    if (atom instanceof Compare compare) {
      return compare.left.mentions(subject) || compare.right.mentions(subject);
    }
    if (atom instanceof Check check) {
      return check.of == subject;
    }
    return atom instanceof ArgmaxIs argmax
        ? argmax.of == subject
        : atom instanceof ArgmaxStays && subject == Subject.OUTPUT;
  }

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
    /** Near, as {@code NearTolerance} says. */
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
