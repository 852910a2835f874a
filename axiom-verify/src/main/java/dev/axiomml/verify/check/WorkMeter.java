package dev.axiomml.verify.check;

import dev.axiomml.core.op.TapReceiver;

/** What is left of a check's limits. Used by one thread. */
final class WorkMeter {
  private static final int STEP = 1 << 16;
  private final CheckLimits limits;
  private long leaves;
  private long work;
  private long asked;

  WorkMeter(CheckLimits limits) {
    this.limits = limits;
  }

  /** A meter that never ends. */
  static WorkMeter endless() {
    return new WorkMeter(new CheckLimits(Long.MAX_VALUE, Long.MAX_VALUE, () -> false));
  }

  /** Pays for one box. */
  void leaf() {
    if (++leaves > limits.leaves()) {
      throw CheckRefusal.unfinished("the limit of " + limits.leaves() + " boxes is reached");
    }
    ask();
  }

  /** Pays for some products. */
  void spend(long products) {
    work += products;
    if (work > limits.work()) {
      throw CheckRefusal.unfinished("the limit of " + limits.work() + " products is reached");
    }
    if (work - asked >= STEP) {
      asked = work;
      ask();
    }
  }

  /** Ends where the time is over. */
  void ask() {
    if (limits.stop().getAsBoolean()) {
      throw CheckRefusal.unfinished("the time for the check is over");
    }
  }

  /** Taps that are paid for, in pieces, as they go by. */
  TapReceiver on(TapReceiver to) {
    return new Metered(to, this);
  }

  private record Metered(TapReceiver to, WorkMeter meter) implements TapReceiver {
    @Override
    public void block(int out, int nOut, int in, int nIn, int weight, int row) {
      int some = Math.max(1, STEP / Math.max(1, nOut));
      for (int i = 0; i < nIn; i += some) {
        int n = Math.min(some, nIn - i);
        meter.spend((long) n * nOut);
        to.block(out, nOut, in + i, n, weight + i * row, row);
      }
    }

    @Override
    public void line(int out, int outStep, int in, int inStep, int n, int weight, int weightStep) {
      for (int j = 0; j < n; j += STEP) {
        int some = Math.min(STEP, n - j);
        int at = weight < 0 ? weight : weight + j * weightStep;
        meter.spend(some);
        to.line(out + j * outStep, outStep, in + j * inStep, inStep, some, at, weightStep);
      }
    }
  }
}
