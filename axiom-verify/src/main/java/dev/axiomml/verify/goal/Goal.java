package dev.axiomml.verify.goal;

import java.util.List;

/**
 * What has to be shown: in every clause at least one atom.
 *
 * @param clauses the clauses; none means nothing is to be shown
 */
public record Goal(List<Clause> clauses) {
  /** Copies the list. */
  public Goal {
    clauses = List.copyOf(clauses);
  }

  /** Atoms of which one suffices. */
  public record Clause(List<Atom> atoms) {
    /** Copies the list. */
    public Clause {
      atoms = List.copyOf(atoms);
    }

    /** Its atoms that are rows. */
    public List<Atom.Row> rows() {
      return atoms.stream().filter(Atom.Row.class::isInstance).map(Atom.Row.class::cast).toList();
    }
  }
}
