package dev.axiomml.cli;

import dev.axiomml.cli.command.ExitCodes;
import dev.axiomml.core.error.AxiomException;
import dev.axiomml.core.error.Diagnosis;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what went wrong into one message of at most twelve lines and an exit code. */
final class FailureMessages implements IExecutionExceptionHandler, IParameterExceptionHandler {
  private static final int LINES = 12;
  private static final int WIDTH = 400;
  private static final String REPORT =
      "  fix:   run again with --stacktrace and report what it prints";

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult arguments) {
    PrintWriter err = command.getErr();
    Optional<Error> exhaustion = exhaustion(e);
    if (exhaustion.isPresent()) {
      return exhausted(exhaustion.get(), command);
    }
    Optional<Diagnosis> expected = expected(e);
    print(err, expected.map(FailureMessages::message).orElse("axiom failed: " + e));
    if (stacktrace(arguments)) {
      e.printStackTrace(err);
    } else if (expected.isEmpty()) {
      print(err, REPORT);
    }
    return expected.isPresent() ? ExitCodes.BAD_INPUT : ExitCodes.FAULT;
  }

  /** What the caller can mend: bad input, and files that the system refuses. */
  private static Optional<Diagnosis> expected(Exception e) {
    if (e instanceof AxiomException refusal) {
      return Optional.of(refusal.diagnosis());
    }
    return e instanceof UncheckedIOException io
        ? Optional.of(
            new Diagnosis(
                "a file cannot be read or written: " + io.getMessage(),
                "axiom",
                "the system refuses it",
                "check that it exists, may be used, and that the disk has room"))
        : Optional.empty();
  }

  /** Memory or stack that ran out in another thread comes wrapped. */
  private static Optional<Error> exhaustion(Throwable e) {
    Throwable cause = e;
    for (int depth = 0; cause != null && depth < 20; depth++) {
      if (cause instanceof OutOfMemoryError || cause instanceof StackOverflowError) {
        return Optional.of((Error) cause);
      }
      cause = cause.getCause();
    }
    return Optional.empty();
  }

  /** Says how much there was of what ran out, and how to give more. */
  int exhausted(Error e, CommandLine command) {
    boolean memory = e instanceof OutOfMemoryError;
    String had = (Runtime.getRuntime().maxMemory() >> 20) + " MB";
    print(
        command.getErr(),
        message(
            new Diagnosis(
                memory ? "out of memory: " + e.getMessage() : "out of stack",
                "axiom",
                memory
                    ? "this needs more than the heap's limit of " + had
                    : "this nests deeper than the stack of a thread holds",
                memory
                    ? "export JAVA_TOOL_OPTIONS=-Xmx8g, or whatever this machine can spare"
                    : "export JAVA_TOOL_OPTIONS=-Xss64m")));
    return ExitCodes.FAULT;
  }

  /** Any other error of the machine. */
  int fault(Error e, CommandLine command) {
    print(command.getErr(), "axiom failed: " + e);
    print(command.getErr(), REPORT);
    return ExitCodes.FAULT;
  }

  private static String message(Diagnosis diagnosis) {
    List<String> lines = diagnosis.toString().lines().map(FailureMessages::shortened).toList();
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
    if (e.getCause() instanceof AxiomException refusal) {
      print(err, message(refusal.diagnosis()));
      return ExitCodes.BAD_INPUT;
    }
    print(err, String.valueOf(e.getMessage()));
    if (!UnmatchedArgumentException.printSuggestions(e, err)) {
      print(err, "  usage: " + command.getHelp().synopsis(9).strip());
    }
    print(
        err, "  fix:   " + command.getCommandSpec().qualifiedName() + " --help shows every option");
    return ExitCodes.BAD_INPUT;
  }

  private static void print(PrintWriter err, String text) {
    err.println(text);
    err.flush();
  }
}
