package dev.axiomml.cli;

import dev.axiomml.core.error.AxiomException;
import dev.axiomml.core.error.Diagnosis;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what went wrong into one message of at most twelve lines and an exit code. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
  private static final int LINES = 12;
  private static final int WIDTH = 400;

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult arguments) {
    PrintWriter err = command.getErr();
    boolean expected = e instanceof AxiomException;
    print(err, expected ? message(((AxiomException) e).diagnosis()) : "axiom failed: " + e);
    if (stacktrace(arguments)) {
      e.printStackTrace(err);
    } else if (!expected) {
      print(err, "  fix:   run again with --stacktrace and report what it prints");
    }
    return expected ? Exit.BAD_INPUT : Exit.FAULT;
  }

  private static String message(Diagnosis diagnosis) {
    List<String> lines = diagnosis.toString().lines().map(Failures::shortened).toList();
    String fix = lines.get(lines.size() - 1);
    return lines.size() <= LINES
        ? String.join("\n", lines)
        : lines.stream().limit(LINES - 2).collect(Collectors.joining("\n")) + "\n  …\n" + fix;
  }

  private static String shortened(String line) {
    return line.length() <= WIDTH ? line : line.substring(0, WIDTH - 1) + "…";
  }

  private static boolean stacktrace(ParseResult arguments) {
    ParseResult last = arguments;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    return last.hasMatchedOption("--stacktrace");
  }

  @Override
  public int handleParseException(ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    print(err, String.valueOf(e.getMessage()));
    if (!UnmatchedArgumentException.printSuggestions(e, err)) {
      print(err, "  usage: " + command.getHelp().synopsis(9).strip());
    }
    print(
        err, "  fix:   " + command.getCommandSpec().qualifiedName() + " --help shows every option");
    return Exit.BAD_INPUT;
  }

  private static void print(PrintWriter err, String text) {
    err.println(text);
    err.flush();
  }
}
