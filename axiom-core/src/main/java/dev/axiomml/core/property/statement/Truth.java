package dev.axiomml.core.property.statement;

/** Whether a statement holds of one sample. */
public enum Truth {
  /** It holds. */
  HOLDS,
  /** It is false. */
  FAILS,
  /**
   * Neither is shown: two numbers that are not rational are nearer to each other than 256 bits
   * tell.
   */
  UNDECIDED;

  Truth and(Truth other) {
    return this == FAILS || other == FAILS
        ? FAILS
        : this == UNDECIDED || other == UNDECIDED ? UNDECIDED : HOLDS;
  }

  Truth or(Truth other) {
    return this == HOLDS || other == HOLDS
        ? HOLDS
        : this == UNDECIDED || other == UNDECIDED ? UNDECIDED : FAILS;
  }
}
