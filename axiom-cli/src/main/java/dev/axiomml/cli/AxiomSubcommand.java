package dev.axiomml.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What every command has; picocli fills in the options. */
@SuppressWarnings("UnusedVariable")
abstract class AxiomSubcommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this and end.")
  private boolean help;

  @Option(names = "--stacktrace", description = "On a failure, show where in Axiom it happened.")
  private boolean stacktrace;

  /** Where answers go. */
  final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** Where notes go that are no part of the answer. */
  final PrintWriter notes() {
    return spec.commandLine().getErr();
  }

  /** Whether somebody watches, which the launcher tells; only then progress is shown. */
  final boolean watched() {
    return System.getenv("AXIOM_TERMINAL") != null;
  }

  /** Ctrl-C. */
  final CommandInterruption interruption() {
    return ((AxiomCommand) spec.root().userObject()).interruption();
  }
}
