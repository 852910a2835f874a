package dev.axiomml.verify.smt;

import java.util.List;

/** A statement about real numbers, as data. */
public sealed interface Fact {
  /** Left is at most right. */
  record AtMost(Real left, Real right) implements Fact {}

  /** Left is less than right. */
  record Below(Real left, Real right) implements Fact {}

  /** Both are the same number. */
  record Equal(Real left, Real right) implements Fact {}

  /** Every one holds; true for none. */
  record All(List<Fact> facts) implements Fact {
    /** Copies the list. */
    public All {
      facts = List.copyOf(facts);
    }
  }

  /** At least one holds; false for none. */
  record Any(List<Fact> facts) implements Fact {
    /** Copies the list. */
    public Any {
      facts = List.copyOf(facts);
    }
  }

  /** It does not hold. */
  record Not(Fact fact) implements Fact {}

  /** All of some. */
  static Fact all(Fact... facts) {
    return new All(List.of(facts));
  }

  /** One of some. */
  static Fact any(Fact... facts) {
    return new Any(List.of(facts));
  }

  /** The number lies between two, ends included. */
  static Fact between(Real low, Real number, Real high) {
    return all(new AtMost(low, number), new AtMost(number, high));
  }
}
