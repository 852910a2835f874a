package dev.axiomml.verify;

import java.util.function.BooleanSupplier;

/**
 * One question's time, which runs from the moment it is made: all phases of an answer, preparation
 * and check included, ask the same clock.
 *
 * <p>It also ends where the caller cancels or the thread that asks is interrupted.
 */
final class BudgetClock implements BooleanSupplier {
  private final long start = System.nanoTime();
  private final long end;
  private final BooleanSupplier cancelled;

  BudgetClock(Budget budget) {
    this.end = start + budget.time().toNanos();
    this.cancelled = budget.cancelled();
  }

  @Override
  public boolean getAsBoolean() {
    return System.nanoTime() - end >= 0
        || cancelled.getAsBoolean()
        || Thread.currentThread().isInterrupted();
  }

  /** Why it ended, in a few words. */
  String why() {
    boolean cancel = cancelled.getAsBoolean() || Thread.currentThread().isInterrupted();
    return cancel ? "it was cancelled" : "the time was over";
  }

  /** Seconds since the question was asked. */
  double seconds() {
    return (System.nanoTime() - start) * 1e-9;
  }
}
