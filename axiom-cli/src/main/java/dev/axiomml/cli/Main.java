package dev.axiomml.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** Where the {@code axiom} command starts. */
public final class Main {
  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    System.exit(run(out, err, arguments));
  }

  /** Runs one command between two writers and answers its exit code. */
  public static int run(PrintWriter out, PrintWriter err, String... arguments) {
    CommandLine command = new CommandLine(new AxiomCommand());
    command.setOut(out).setErr(err);
    command.setUsageHelpWidth(100).setUsageHelpLongOptionsMaxWidth(30);
    command.setCaseInsensitiveEnumValuesAllowed(true);
    command
        .setExecutionExceptionHandler(new Failures())
        .setParameterExceptionHandler(new Failures());
    int code = command.execute(arguments);
    out.flush();
    return code;
  }
}
