package dev.axiomml.verify.fuzz;

import java.util.List;
import java.util.stream.Collectors;

/** A number that a sentence speaks of, as a tree of its own. */
public sealed interface Quantity {
  /** The text form that the library reads. */
  String text();

  /** A decimal, exactly what its digits say. */
  record Decimal(String digits) implements Quantity {
    @Override
    public String text() {
      return digits;
    }
  }

  /** One element of a sample. */
  record Entry(boolean output, List<Integer> index) implements Quantity {
    @Override
    public String text() {
      String places = index.stream().map(String::valueOf).collect(Collectors.joining(", "));
      return word(output) + "[" + places + "]";
    }
  }

  /** All elements as one number: {@code sum}, {@code max}, {@code min}, {@code norm…}. */
  record Folded(String fold, boolean output) implements Quantity {
    @Override
    public String text() {
      return fold + "(" + word(output) + ")";
    }
  }

  /** Two quantities joined by {@code +}, {@code -} or {@code *}. */
  record Joined(char sign, Quantity left, Quantity right) implements Quantity {
    @Override
    public String text() {
      return "(" + left.text() + " " + sign + " " + right.text() + ")";
    }
  }

  /** What a property calls the input or the output. */
  static String word(boolean output) {
    return output ? "output" : "x";
  }

  /** A number as the decimal that is exactly it, an infinite one as the largest double. */
  static Quantity exactly(double value) {
    double finite = Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, value));
    return new Decimal(new java.math.BigDecimal(finite).toString());
  }
}
