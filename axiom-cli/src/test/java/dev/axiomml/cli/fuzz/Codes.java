package dev.axiomml.cli.fuzz;

/** Exit codes as they are promised to users, written here once more. */
final class Codes {
  /** Bad input. */
  static final int REFUSED = 64;

  private Codes() {}
}
