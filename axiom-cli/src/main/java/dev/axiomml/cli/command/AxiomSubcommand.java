package dev.axiomml.cli.command;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What every command has; picocli fills in the options. */
@SuppressWarnings("UnusedVariable")
public abstract class AxiomSubcommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this and end.")
  private boolean help;

  @Option(names = "--stacktrace", description = "On a failure, show where in Axiom it happened.")
  private boolean stacktrace;

  /** Where answers go. */
  protected final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** Where notes go that are no part of the answer. */
  protected final PrintWriter notes() {
    return spec.commandLine().getErr();
  }

  /** Whether somebody watches, which the launcher tells; only then progress is shown. */
  protected final boolean watched() {
    return System.getenv("AXIOM_TERMINAL") != null;
  }

  /** Ctrl-C. */
  protected final CommandInterruption interruption() {
    return ((CommandInterruption.Source) spec.root().userObject()).interruption();
  }
}
