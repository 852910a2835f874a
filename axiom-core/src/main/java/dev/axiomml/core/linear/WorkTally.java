package dev.axiomml.core.linear;

import java.util.function.LongConsumer;

/** Adds up products and reports them in larger amounts. Used by one thread. */
final class WorkTally {
  private static final int STEP = 1 << 17;
  private final LongConsumer to;
  private long products;

  WorkTally(LongConsumer to) {
    this.to = to;
  }

  void add(long more) {
    products += more;
    if (products >= STEP) {
      to.accept(products);
      products = 0;
    }
  }
}
