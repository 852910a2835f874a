package dev.axiomml.verify.smt;

import java.util.ArrayList;
import java.util.List;

/** Facts that are collected, and fresh names for the numbers in them; used once, by one thread. */
final class SmtFacts {
  private final List<SmtFact> facts = new ArrayList<>();
  private int names;

  void add(SmtFact fact) {
    facts.add(fact);
  }

  List<SmtFact> all() {
    return List.copyOf(facts);
  }

  SmtReal fresh(String stem) {
    return new SmtReal.Unknown(stem + "!" + names++);
  }

  /** A name for a number. */
  SmtReal named(String stem, SmtReal meaning) {
    SmtReal name = fresh(stem);
    add(new SmtFact.Equal(name, meaning));
    return name;
  }

  /** The largest of some, at least one. */
  SmtReal largest(List<SmtReal> of) {
    if (of.size() == 1) {
      return of.get(0);
    }
    SmtReal largest = fresh("max");
    of.forEach(one -> add(new SmtFact.AtMost(one, largest)));
    add(new SmtFact.Any(of.stream().<SmtFact>map(one -> new SmtFact.Equal(largest, one)).toList()));
    return largest;
  }

  /** The magnitude of a number. */
  SmtReal magnitude(SmtReal of) {
    return largest(List.of(of, of.times(java.math.BigDecimal.ONE.negate())));
  }
}
