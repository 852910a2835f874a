package dev.axiomml.verify.bound;

import java.util.function.BooleanSupplier;

/** Asks a stop signal between pieces of work of about a millisecond. Used by one thread. */
final class StopWatch {
  private static final int STEP = 1 << 18;
  private final BooleanSupplier stop;
  private long work;

  StopWatch(BooleanSupplier stop) {
    this.stop = stop;
  }

  /** Ends by {@link StoppedComputation} once the signal says so. */
  void ask() {
    work = 0;
    if (stop.getAsBoolean()) {
      throw new StoppedComputation();
    }
  }

  /** Counts products and asks now and then. */
  void spend(long products) {
    work += products;
    if (work >= STEP) {
      ask();
    }
  }
}
