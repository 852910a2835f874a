package dev.axiomml.cli;

import dev.axiomml.cli.argument.PathConverter;
import dev.axiomml.cli.command.CommandInterruption;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import picocli.CommandLine;

/** Where the {@code axiom} command starts. */
public final class Main {
  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    CommandInterruption interruption = CommandInterruption.ofProcess();
    int code = run(interruption, out, err, CommandLineWords.typed(arguments));
    interruption.done();
    System.exit(code);
  }

  /** Runs one command between two writers and answers its exit code. */
  public static int run(PrintWriter out, PrintWriter err, String... arguments) {
    return run(CommandInterruption.never(), out, err, arguments);
  }

  /** The same, stopped where it is interrupted. */
  static int run(
      CommandInterruption interruption, PrintWriter out, PrintWriter err, String... arguments) {
    CommandLine command = new CommandLine(new AxiomCommand(interruption));
    command.setOut(out).setErr(err);
    command.setUsageHelpWidth(100).setUsageHelpLongOptionsMaxWidth(30);
    command.setCaseInsensitiveEnumValuesAllowed(true);
    command.registerConverter(Path.class, new PathConverter());
    FailureMessages failures = new FailureMessages();
    command.setExecutionExceptionHandler(failures).setParameterExceptionHandler(failures);
    int code = executed(command, failures, arguments);
    out.flush();
    return code;
  }

  /** An error of the machine is none of the answers that exit codes stand for. */
  private static int executed(CommandLine command, FailureMessages failures, String... arguments) {
    try {
      return command.execute(arguments);
    } catch (OutOfMemoryError | StackOverflowError e) {
      return failures.exhausted(e, command);
    } catch (Error e) { // whatever it is, it must not end in 1, which says "refuted"
      return failures.fault(e, command);
    }
  }
}
