package dev.axiomml.cli.fuzz;

import dev.axiomml.cli.CommandRun;
import dev.axiomml.verify.fuzz.FalseAnswers.At;

/** What every refusal owes its reader. */
final class Refusals {
  private static final int LINES = 12;

  private Refusals() {}

  /** A refusal is one short message with something to do, and no answer beside it. */
  static void judge(At at, CommandRun run) {
    String said = run.err().strip();
    long lines = said.lines().count();
    boolean typed = said.contains("fix:") && lines <= LINES && !said.contains("\tat ");
    if (!typed || !run.out().isBlank()) {
      at.found("a refusal without help", run.toString());
    }
  }
}
