package dev.axiomml.cli;

import com.sun.management.OperatingSystemMXBean;
import dev.axiomml.cli.command.CommandInterruption;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.util.List;

/**
 * One call of the command within this process, and what came of it.
 *
 * @param words what was typed behind the command's name
 * @param exit the exit code
 * @param out what it answered
 * @param err its notes and refusals
 * @param took how long it took
 * @param interrupted whether it was interrupted before it ended
 */
public record CommandRun(
    List<String> words, int exit, String out, String err, Took took, boolean interrupted) {
  /**
   * How long something took.
   *
   * @param seconds by a clock of its own
   * @param worked processor seconds of this process meanwhile, its compiler and collector included
   */
  public record Took(double seconds, double worked) {}

  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  /**
   * Whether a time that it took, or says that it took, is over a limit by the clock and by the
   * processor: a machine that gives its time to others is no fault of the command.
   */
  public boolean isOver(double time, double limit) {
    return time > limit && took.worked() > limit;
  }

  /** Seconds by a clock of its own. */
  public double seconds() {
    return took.seconds();
  }

  /** Runs a command to its end. */
  public static CommandRun of(List<String> words) {
    return of(CommandInterruption.never(), words);
  }

  private static CommandRun of(CommandInterruption interruption, List<String> words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    long start = System.nanoTime();
    long before = PROCESS.getProcessCpuTime();
    int exit =
        Main.run(
            interruption, new PrintWriter(out), new PrintWriter(err), words.toArray(String[]::new));
    double seconds = (System.nanoTime() - start) * 1e-9;
    double worked = (PROCESS.getProcessCpuTime() - before) * 1e-9;
    interruption.done();
    boolean interrupted = interruption.requested();
    return new CommandRun(
        words, exit, out.toString(), err.toString(), new Took(seconds, worked), interrupted);
  }

  /** Runs a command that is interrupted after a while, as by Ctrl-C. */
  public static CommandRun interrupted(long millis, List<String> words) {
    CommandInterruption interruption = CommandInterruption.never();
    Thread user = new Thread(() -> stop(interruption, millis), "user");
    user.start();
    try {
      return of(interruption, words);
    } finally {
      user.interrupt();
    }
  }

  private static void stop(CommandInterruption interruption, long millis) {
    try {
      Thread.sleep(millis);
      interruption.stop();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  /** The call and all that it said, for a person. */
  @Override
  public String toString() {
    return "axiom %s%nexit %d after %.2f s (%.2f s of processors)%n%s%n%s"
        .formatted(
            String.join(" | ", words),
            exit,
            took.seconds(),
            took.worked(),
            shortened(out),
            shortened(err));
  }

  private static String shortened(String text) {
    return text.length() <= 4000 ? text : text.substring(0, 4000) + "…";
  }
}
