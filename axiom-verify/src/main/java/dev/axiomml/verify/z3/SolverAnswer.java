package dev.axiomml.verify.z3;

import java.math.BigDecimal;
import java.util.Map;

/** What a solver says of facts. */
public sealed interface SolverAnswer {
  /** They hold for no numbers. */
  record Unsatisfiable() implements SolverAnswer {}

  /**
   * They hold for these numbers, which may be rounded.
   *
   * @param numbers by name
   */
  record Satisfiable(Map<String, BigDecimal> numbers) implements SolverAnswer {
    /** Copies the map. */
    public Satisfiable {
      numbers = Map.copyOf(numbers);
    }
  }

  /**
   * It does not know.
   *
   * @param reason one sentence
   */
  record Undecided(String reason) implements SolverAnswer {}
}
