package dev.axiomml.verify.bound;

import dev.axiomml.core.op.TapReceiver;
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

  /** Taps that are counted, in pieces, as they go by; each costs so many products. */
  TapReceiver on(TapReceiver to, int rows) {
    return new Watched(to, rows, this);
  }

  private record Watched(TapReceiver to, int rows, StopWatch watch) implements TapReceiver {
    @Override
    public void block(int out, int nOut, int in, int nIn, int weight, int row) {
      long each = (long) Math.max(1, nOut) * Math.max(1, rows);
      int some = (int) Math.max(1, STEP / each);
      for (int i = 0; i < nIn; i += some) {
        int n = Math.min(some, nIn - i);
        watch.spend(n * each);
        to.block(out, nOut, in + i, n, weight + i * row, row);
      }
    }

    @Override
    public void line(int out, int outStep, int in, int inStep, int n, int weight, int weightStep) {
      int some = Math.max(1, STEP / Math.max(1, rows));
      for (int j = 0; j < n; j += some) {
        int count = Math.min(some, n - j);
        int at = weight < 0 ? weight : weight + j * weightStep;
        watch.spend((long) count * rows);
        to.line(out + j * outStep, outStep, in + j * inStep, inStep, count, at, weightStep);
      }
    }
  }
}
