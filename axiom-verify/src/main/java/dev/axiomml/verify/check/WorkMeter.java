package dev.axiomml.verify.check;

import dev.axiomml.core.linear.LoopNest;
import dev.axiomml.core.linear.ProductLines;
import java.util.List;

/** What is left of a check's limits. Used by one thread. */
final class WorkMeter {
  /** What an element of exact numbers is worth in products. */
  static final int ELEMENT = 64;

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

  /** Reads products that are paid for as they go by. */
  void read(List<LoopNest> nests, ProductLines to) {
    read(nests, 1, to);
  }

  /** The same where each is made so many times. */
  void read(List<LoopNest> nests, long times, ProductLines to) {
    for (LoopNest nest : nests) {
      nest.lines(
          (out, outStep, first, firstStep, second, secondStep, n) -> {
            spend(n * times);
            to.line(out, outStep, first, firstStep, second, secondStep, n);
          });
    }
  }
}
