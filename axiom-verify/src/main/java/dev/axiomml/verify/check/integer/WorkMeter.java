package dev.axiomml.verify.check.integer;

import dev.axiomml.core.linear.LoopNest;
import dev.axiomml.core.linear.ProductLines;
import java.util.List;
import java.util.function.BooleanSupplier;

/** What is left of a check's limits. Used by one thread. */
public final class WorkMeter {
  /** What an element of exact numbers is worth in products. */
  static final int ELEMENT = 64;

  private static final int STEP = 1 << 16;
  private final long allLeaves;
  private final long allWork;
  private final BooleanSupplier stop;
  private long leaves;
  private long work;
  private long asked;

  /** Boxes and products that may be spent, and whether the time is over. */
  public WorkMeter(long leaves, long work, BooleanSupplier stop) {
    this.allLeaves = leaves;
    this.allWork = work;
    this.stop = stop;
  }

  /** A meter that never ends. */
  public static WorkMeter endless() {
    return new WorkMeter(Long.MAX_VALUE, Long.MAX_VALUE, () -> false);
  }

  /** Pays for one box. */
  public void leaf() {
    if (++leaves > allLeaves) {
      throw CheckRefusal.unfinished("the limit of " + allLeaves + " boxes is reached");
    }
    ask();
  }

  /** Pays for some products. */
  public void spend(long products) {
    work += products;
    if (work > allWork) {
      throw CheckRefusal.unfinished("the limit of " + allWork + " products is reached");
    }
    if (work - asked >= STEP) {
      asked = work;
      ask();
    }
  }

  /** Ends where the time is over. */
  void ask() {
    if (stop.getAsBoolean()) {
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
