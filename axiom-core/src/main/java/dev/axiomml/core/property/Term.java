package dev.axiomml.core.property;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.PropertyException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/** A number that a property computes for one sample. */
public sealed interface Term {
  /**
   * A number, exactly as it is written.
   *
   * @param value of at most 2,000 digits on either side of the point
   */
  record Constant(BigDecimal value) implements Term {
    private static final int DIGITS = 2_000;

    /** Leaves out zeros at the end; refuses what has too many digits. */
    public Constant {
      value = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
      if (value.scale() > DIGITS || value.precision() - (long) value.scale() > DIGITS) {
        throw refused(value.round(new MathContext(6)) + " has too many digits");
      }
    }

    /** The shortest decimal of a double: 0.1 is one tenth. Refuses NaN and infinities. */
    public static Constant of(double value) {
      if (!(Math.abs(value) <= Double.MAX_VALUE)) {
        throw refused(value + " is no number to compare with");
      }
      return new Constant(BigDecimal.valueOf(value));
    }

    private static PropertyException refused(String what) {
      return new PropertyException(
          new Diagnosis(
              what,
              "",
              "a number in a formula is finite, with at most 2000 digits on either side of the"
                  + " point",
              "write a number such as 1e30; ask for finite values with finite(output)"));
    }
  }

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

  /** Whether it is computed from a subject. */
  default boolean mentions(Subject subject) {
    if (this instanceof Binary binary) {
      return binary.left.mentions(subject) || binary.right.mentions(subject);
    }
    return this instanceof Element element
        ? element.of == subject
        : this instanceof Reduce reduce && reduce.of == subject;
  }

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
