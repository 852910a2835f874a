package dev.axiomml.cli.argument;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.PropertyException;
import dev.axiomml.verify.Budget;
import picocli.CommandLine.Option;

/** What a search may cost. */
public final class SearchOptions {
  private static final int MOST_THREADS = 1024;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "For each claim, its check included (default: 60).")
  private double timeout = 60;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "How many work at once (default: all processors).")
  private int threads = Runtime.getRuntime().availableProcessors();

  /** The budget. @throws PropertyException naming the option that is out of its range */
  public Budget budget() {
    return Budget.seconds(seconds(timeout)).threads(threads(threads));
  }

  /** What {@code --threads} says. @throws PropertyException unless it is a number of threads */
  public static int threads(int given) {
    if (given < 1 || given > MOST_THREADS) {
      throw refused(
          "--threads " + given,
          "threads are a whole number from 1 to " + MOST_THREADS,
          "write e.g. --threads 2");
    }
    return given;
  }

  /** What {@code --timeout} says. @throws PropertyException unless it is a number above 0 */
  public static double seconds(double given) {
    if (!(given > 0)) {
      throw refused(
          "--timeout " + given, "seconds are a number above 0", "write e.g. --timeout 60");
    }
    return given;
  }

  private static PropertyException refused(String what, String why, String fix) {
    return new PropertyException(new Diagnosis(what, "the command line", why, fix));
  }
}
