package dev.axiomml.verify.fuzz;

import java.util.List;

/** A formula as a tree of its own, handed to the library as text only. */
public sealed interface Sentence {
  /** The text form that the library reads. */
  String text();

  /** {@code and}, {@code or} or {@code implies}. */
  record Linked(String word, Sentence left, Sentence right) implements Sentence {
    @Override
    public String text() {
      return "(" + left.text() + " " + word + " " + right.text() + ")";
    }
  }

  /** The contrary. */
  record Denied(Sentence of) implements Sentence {
    @Override
    public String text() {
      return "not (" + of.text() + ")";
    }
  }

  /** Two quantities compared. */
  record Compared(Quantity left, String relation, Quantity right) implements Sentence {
    @Override
    public String text() {
      return left.text() + " " + relation + " " + right.text();
    }
  }

  /** {@code no_nan}, {@code no_inf}, {@code finite} or {@code valid_probabilities}. */
  record Asked(String predicate, boolean output) implements Sentence {
    @Override
    public String text() {
      return predicate + "(" + Quantity.word(output) + ")";
    }
  }

  /**
   * The arg-max of rows is an index.
   *
   * @param row the first indices of the rows that are meant; empty for all
   */
  record Largest(boolean output, List<Integer> row, int index) implements Sentence {
    @Override
    public String text() {
      String named = row.isEmpty() ? "" : row.toString();
      return "argmax(" + Quantity.word(output) + named + ") == " + index;
    }
  }
}
