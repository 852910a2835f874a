package dev.axiomml.core.error;

import java.util.Objects;

/**
 * What went wrong, described in four parts.
 *
 * @param what the two things that do not fit, with their values, e.g. {@code conv 5×5 on a 2×2
 *     image}
 * @param where the place in the model or file, e.g. {@code model digits › block 2 › conv}; empty
 *     when only the caller knows it
 * @param why the rule that is broken, one sentence
 * @param fix something to type
 */
public record Diagnosis(String what, String where, String why, String fix) {
  /** Requires all four parts. */
  public Diagnosis {
    Objects.requireNonNull(what);
    Objects.requireNonNull(where);
    Objects.requireNonNull(why);
    Objects.requireNonNull(fix);
  }

  /** The same diagnosis at a place; a place that is already known becomes the inner part of it. */
  public Diagnosis at(String place) {
    return new Diagnosis(what, where.isEmpty() ? place : place + " › " + where, why, fix);
  }

  /** Four lines for a person: what, where, why, fix. */
  @Override
  public String toString() {
    String place = where.isEmpty() ? "" : "\n  where: " + where;
    return what + place + "\n  why:   " + why + "\n  fix:   " + fix;
  }
}
