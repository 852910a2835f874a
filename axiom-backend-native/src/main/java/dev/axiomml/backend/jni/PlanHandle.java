package dev.axiomml.backend.jni;

import dev.axiomml.core.error.BackendException;
import dev.axiomml.core.error.Diagnosis;
import java.lang.ref.Cleaner;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A plan in the library; freed once it is closed and no run uses it, whichever comes later.
 *
 * <p>State: the number of runs under way, plus {@link #CLOSED} once closed.
 */
final class PlanHandle implements Runnable {
  private static final Cleaner CLEANER = Cleaner.create();
  private static final int CLOSED = Integer.MIN_VALUE;

  private final long plan;
  private final AtomicInteger state = new AtomicInteger();

  private PlanHandle(long plan) {
    this.plan = plan;
  }

  /** A handle that is closed at the latest when its owner is unreachable. */
  static PlanHandle of(long plan, Object owner) {
    PlanHandle handle = new PlanHandle(plan);
    CLEANER.register(owner, handle);
    return handle;
  }

  /** Runs once. @return the status */
  long run(long addresses, int threads) {
    enter();
    try {
      return Kernels.planRun(plan, addresses, threads);
    } finally {
      leave();
    }
  }

  private void enter() {
    if (state.getAndUpdate(now -> now < 0 ? now : now + 1) < 0) {
      throw new BackendException(
          new Diagnosis(
              "a native plan that is closed was run",
              "native backend",
              "closing frees the plan's memory",
              "close a compiled model after its last prediction, or compile it again"));
    }
  }

  private void leave() {
    if (state.decrementAndGet() == CLOSED) {
      Kernels.planFree(plan);
    }
  }

  /** Closes; a second call does nothing. */
  @Override
  public void run() {
    if (state.getAndUpdate(now -> now < 0 ? now : now + CLOSED) == 0) {
      Kernels.planFree(plan);
    }
  }
}
