package dev.axiomml.cli;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Ctrl-C, and being told to end: work that is under way is asked to stop and to print what it
 * knows, and is not waited for longer than a moment.
 */
final class Interruption {
  private static final long PATIENCE_MILLIS = 4000;

  private final AtomicReference<Optional<Runnable>> known = new AtomicReference<>(Optional.empty());
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean requested;

  /** One that nobody triggers, for a command inside of another program. */
  static Interruption never() {
    return new Interruption();
  }

  /** One that the end of the process triggers; the exit code stays the signal's, 130 for Ctrl-C. */
  static Interruption ofProcess() {
    Interruption interruption = new Interruption();
    Runtime.getRuntime().addShutdownHook(new Thread(interruption::stop, "axiom-interruption"));
    return interruption;
  }

  /** Whether the work shall end now with what it knows. */
  boolean requested() {
    return requested;
  }

  /** Promises to print what is known when work is interrupted and does not end by itself. */
  void otherwise(Runnable printing) {
    known.set(Optional.of(printing));
  }

  /** Takes the duty to print; true once, so that nothing is printed twice. */
  boolean takesPrinting() {
    return known.getAndSet(Optional.empty()).isPresent();
  }

  /** Says that everything is printed and only the exit is left. */
  void done() {
    ended.countDown();
  }

  /** Called where the process ends, by itself or by a signal. */
  void stop() {
    requested = ended.getCount() > 0;
    if (requested && known.get().isPresent()) {
      awaitEnd();
      known.getAndSet(Optional.empty()).ifPresent(Runnable::run);
    }
  }

  private void awaitEnd() {
    try {
      @SuppressWarnings("unused") // in time or not, what is left unprinted is printed next
      boolean inTime = ended.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
