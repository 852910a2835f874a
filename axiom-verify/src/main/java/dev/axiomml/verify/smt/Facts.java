package dev.axiomml.verify.smt;

import java.util.ArrayList;
import java.util.List;

/** Facts that are collected, and fresh names for the numbers in them; used once, by one thread. */
final class Facts {
  private final List<Fact> facts = new ArrayList<>();
  private int names;

  void add(Fact fact) {
    facts.add(fact);
  }

  List<Fact> all() {
    return List.copyOf(facts);
  }

  Real fresh(String stem) {
    return new Real.Unknown(stem + "!" + names++);
  }

  /** A name for a number. */
  Real named(String stem, Real meaning) {
    Real name = fresh(stem);
    add(new Fact.Equal(name, meaning));
    return name;
  }

  /** The largest of some, at least one. */
  Real largest(List<Real> of) {
    if (of.size() == 1) {
      return of.get(0);
    }
    Real largest = fresh("max");
    of.forEach(one -> add(new Fact.AtMost(one, largest)));
    add(new Fact.Any(of.stream().<Fact>map(one -> new Fact.Equal(largest, one)).toList()));
    return largest;
  }

  /** The magnitude of a number. */
  Real magnitude(Real of) {
    return largest(List.of(of, of.times(java.math.BigDecimal.ONE.negate())));
  }
}
