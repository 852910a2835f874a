package dev.axiomml.core.property;

import java.util.List;

/** A number that a property computes for one sample. */
public sealed interface Term {
  /** A number. */
  record Constant(double value) implements Term {}

  /** One element; the batch axis is not named. */
  record Element(Subject of, List<Integer> index) implements Term {
    /** Copies the index. */
    public Element {
      index = List.copyOf(index);
    }
  }

  /** A number made of all elements of a sample. */
  record Reduce(Reduction reduction, Subject of) implements Term {}

  /** Two terms joined. */
  record Binary(Arithmetic operation, Term left, Term right) implements Term {}

  /** How elements become one number. */
  enum Reduction {
    /** Sum of the elements. */
    SUM,
    /** Largest. */
    MAX,
    /** Smallest. */
    MIN,
    /** Sum of magnitudes. */
    NORM1,
    /** Root of the sum of squares. */
    NORM2,
    /** Largest magnitude. */
    NORMINF
  }

  /** How two terms are joined. */
  enum Arithmetic {
    /** Sum. */
    PLUS("+"),
    /** Difference. */
    MINUS("-"),
    /** Product. */
    TIMES("*");

    private final String sign;

    Arithmetic(String sign) {
      this.sign = sign;
    }

    @Override
    public String toString() {
      return sign;
    }
  }
}
