package dev.axiomml.cli.vnn;

import java.util.Locale;

/**
 * An instance of a benchmark and the answer to it.
 *
 * @param row the instance
 * @param expected the verdict that is known, or {@code unknown}
 * @param answer the answer, {@code error} where there is none
 * @param detail one line about it
 * @param seconds how long it took, reading the files included
 * @param cpu processor seconds of the whole process meanwhile
 */
public record InstanceResult(
    VerdictRow row, String expected, String answer, String detail, double seconds, double cpu) {
  /** The words of the status. */
  public enum Status {
    /** The known verdict; where none is known, a proof or a counterexample. */
    SOLVED,
    /** The other one. */
    WRONG,
    /** Neither. */
    UNKNOWN,
    /** Neither in time. */
    TIMEOUT,
    /** The model or the query was refused, or something failed. */
    ERROR;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether a verdict is known. */
  public boolean isScored() {
    return !expected.equals("unknown");
  }

  /** How the answer stands to the known verdict. */
  public Status status() {
    return switch (answer) {
      case "sat", "unsat" -> !isScored() || answer.equals(expected) ? Status.SOLVED : Status.WRONG;
      case "timeout" -> Status.TIMEOUT;
      case "unknown" -> Status.UNKNOWN;
      default -> Status.ERROR;
    };
  }

  /** One line. */
  @Override
  public String toString() {
    return "%-8s %s %s %s: %s, expected %s, %.2f s, %.2f s cpu  %s"
        .formatted(
            status(),
            row.family(),
            name(row.onnx()),
            name(row.vnnlib()),
            answer,
            expected,
            seconds,
            cpu,
            detail)
        .strip();
  }

  private static String name(String file) {
    return file.substring(file.lastIndexOf('/') + 1).replaceFirst("\\.gz$", "");
  }
}
