package dev.axiomml.verify.goal;

import java.util.List;

/**
 * What has to be shown: in every clause at least one atom.
 *
 * @param clauses the clauses; none means nothing is to be shown
 */
public record ProofGoal(List<Clause> clauses) {
  /** Copies the list. */
  public ProofGoal {
    clauses = List.copyOf(clauses);
  }

  /** Atoms of which one suffices. */
  public record Clause(List<GoalAtom> atoms) {
    /** Copies the list. */
    public Clause {
      atoms = List.copyOf(atoms);
    }

    /** Its atoms that are rows. */
    public List<GoalAtom.Row> rows() {
      return atoms.stream()
          .filter(GoalAtom.Row.class::isInstance)
          .map(GoalAtom.Row.class::cast)
          .toList();
    }
  }
}
