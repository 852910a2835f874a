package dev.axiomml.cli.vnn;

import java.util.Locale;

/** The answers of VNN-COMP's convention. */
public enum VnnAnswer {
  /** No input satisfies the query: what was to be shown holds. */
  UNSAT(0),
  /** An input satisfies it: a counterexample. */
  SAT(1),
  /** It could not be decided. */
  UNKNOWN(2),
  /** It could not be decided in time. */
  TIMEOUT(2);

  private final int exit;

  VnnAnswer(int exit) {
    this.exit = exit;
  }

  /** The exit code. */
  public int exit() {
    return exit;
  }

  /** Whether it is one of the two that end the question. */
  public boolean isDecided() {
    return this == UNSAT || this == SAT;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
