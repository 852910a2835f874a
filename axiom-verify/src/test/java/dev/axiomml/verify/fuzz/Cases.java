package dev.axiomml.verify.fuzz;

import java.util.Random;

/** Cases one after another, each from the seed and its own number. */
final class Cases {
  private static final long ONE = Long.getLong("fuzz.case", -1);

  private Cases() {}

  /** One case. */
  @FunctionalInterface
  interface Case {
    void run(long index, Random random);
  }

  /** Runs cases for some time, or the one that {@code -Dfuzz.case} names. @return how many */
  static int run(long seed, long millis, Case fuzz) {
    if (ONE >= 0) {
      fuzz.run(ONE, random(seed, ONE));
      return 1;
    }
    long end = System.nanoTime() + millis * 1_000_000;
    int index = 0;
    while (System.nanoTime() - end < 0) {
      fuzz.run(index, random(seed, index));
      index++;
    }
    return index;
  }

  private static Random random(long seed, long index) {
    Random mixed = new Random(seed * 0x9E3779B97F4A7C15L + index);
    return new Random(mixed.nextLong());
  }
}
