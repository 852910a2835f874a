package dev.axiomml.cli.command;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Ctrl-C, and being asked to end: work that is under way is asked to stop and to print what it
 * knows, and is not waited for longer than a moment.
 */
public final class CommandInterruption {
  private static final long PATIENCE_MILLIS = 4000;

  private static final Runnable NOTHING = CommandInterruption::nothing;
  private final AtomicReference<Runnable> known = new AtomicReference<>(NOTHING);
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean requested;

  /** One that is never triggered, for a command inside of another program. */
  public static CommandInterruption never() {
    return new CommandInterruption();
  }

  /** One that the end of the process triggers; the exit code stays the signal's, 130 for Ctrl-C. */
  public static CommandInterruption ofProcess() {
    CommandInterruption interruption = new CommandInterruption();
    Runtime.getRuntime().addShutdownHook(new Thread(interruption::stop, "axiom-interruption"));
    return interruption;
  }

  /** The command that a subcommand belongs to. */
  public interface Source {
    /** Ctrl-C. */
    CommandInterruption interruption();
  }

  /** Whether the work shall end now with what it knows. */
  public boolean requested() {
    return requested;
  }

  /** Promises to print what is known when work is interrupted and does not end by itself. */
  public void otherwise(Runnable printing) {
    known.set(printing);
  }

  /** Takes the duty to print; true once, so that nothing is printed twice. */
  public boolean takesPrinting() {
    return known.getAndSet(NOTHING) != NOTHING;
  }

  /** Says that everything is printed and only the exit is left. */
  public void done() {
    ended.countDown();
  }

  /** Called where the process ends, by itself or by a signal. */
  public void stop() {
    requested = ended.getCount() > 0;
    if (requested && known.get() != NOTHING) {
      awaitEnd();
      Runnable left = known.getAndSet(NOTHING);
      left.run();
    }
  }

  private static void nothing() {}

  private void awaitEnd() {
    try {
      @SuppressWarnings("unused") // in time or not, what is left unprinted is printed next
      boolean inTime = ended.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
