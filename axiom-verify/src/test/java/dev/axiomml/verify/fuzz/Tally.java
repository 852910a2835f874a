package dev.axiomml.verify.fuzz;

import dev.axiomml.core.model.Verdict;
import java.util.Map;
import java.util.TreeMap;

/** How many claims were answered in which way. */
public final class Tally {
  private final Map<String, Integer> words = new TreeMap<>();
  private int all;

  /** Counts one claim more. */
  public void asked() {
    all++;
  }

  /** Counts a refusal. */
  public void refused() {
    word("refused");
  }

  /** Counts an answer in one word. */
  public void word(String word) {
    words.merge(word, 1, Integer::sum);
  }

  void of(Verdict verdict) {
    word(verdict.word());
  }

  int all() {
    return all;
  }

  @Override
  public String toString() {
    return words.toString();
  }

  /** Whether a sentence multiplies elements with each other, which the library may refuse. */
  public static boolean isNonlinear(Sentence sentence) {
    if (sentence instanceof Sentence.Linked linked) {
      return isNonlinear(linked.left()) || isNonlinear(linked.right());
    }
    if (sentence instanceof Sentence.Denied denied) {
      return isNonlinear(denied.of());
    }
    return sentence instanceof Sentence.Compared c
        && (isNonlinear(c.left()) || isNonlinear(c.right()));
  }

  private static boolean isNonlinear(Quantity quantity) {
    return quantity instanceof Quantity.Joined joined
        && (isNonlinear(joined.left())
            || isNonlinear(joined.right())
            || (joined.sign() == '*' && speaks(joined.left()) && speaks(joined.right())));
  }

  private static boolean speaks(Quantity quantity) {
    return quantity instanceof Quantity.Joined joined
        ? speaks(joined.left()) || speaks(joined.right())
        : !(quantity instanceof Quantity.Decimal);
  }
}
