package dev.axiomml.verify.smt;

import java.util.List;

/** A statement about real numbers, as data. */
public sealed interface SmtFact {
  /** Left is at most right. */
  record AtMost(SmtReal left, SmtReal right) implements SmtFact {}

  /** Left is less than right. */
  record Below(SmtReal left, SmtReal right) implements SmtFact {}

  /** Both are the same number. */
  record Equal(SmtReal left, SmtReal right) implements SmtFact {}

  /** Every one holds; true for none. */
  record All(List<SmtFact> facts) implements SmtFact {
    /** Copies the list. */
    public All {
      facts = List.copyOf(facts);
    }
  }

  /** At least one holds; false for none. */
  record Any(List<SmtFact> facts) implements SmtFact {
    /** Copies the list. */
    public Any {
      facts = List.copyOf(facts);
    }
  }

  /** It does not hold. */
  record Not(SmtFact fact) implements SmtFact {}

  /** All of some. */
  static SmtFact all(SmtFact... facts) {
    return new All(List.of(facts));
  }

  /** One of some. */
  static SmtFact any(SmtFact... facts) {
    return new Any(List.of(facts));
  }

  /** The number lies between two, ends included. */
  static SmtFact between(SmtReal low, SmtReal number, SmtReal high) {
    return all(new AtMost(low, number), new AtMost(number, high));
  }
}
