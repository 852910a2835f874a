package dev.axiomml.cli.vnn;

import dev.axiomml.core.run.ProgressListener;
import java.util.function.BooleanSupplier;

/**
 * What the answer to a query may cost, from the moment on in which this is made.
 *
 * @param end of the time, by {@link System#nanoTime()}
 * @param threads boxes judged at once
 * @param cancelled asked often
 * @param progress hears how far the search is
 */
public record VnnBudget(
    long end, int threads, BooleanSupplier cancelled, ProgressListener progress) {
  /** So many seconds from now on. */
  public static VnnBudget seconds(double seconds, int threads, BooleanSupplier cancelled) {
    long nanos = (long) Math.min(seconds * 1e9, 1e18);
    return new VnnBudget(System.nanoTime() + nanos, threads, cancelled, ProgressListener.SILENT);
  }

  /** The same with a listener. */
  public VnnBudget progress(ProgressListener listener) {
    return new VnnBudget(end, threads, cancelled, listener);
  }

  /** Seconds that are left, at least 0. */
  double left() {
    return Math.max(0, (end - System.nanoTime()) * 1e-9);
  }

  boolean isOver() {
    return left() <= 0 || cancelled.getAsBoolean();
  }
}
