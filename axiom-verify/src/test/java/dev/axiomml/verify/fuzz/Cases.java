package dev.axiomml.verify.fuzz;

import dev.axiomml.verify.fuzz.FalseAnswers.At;
import java.util.Random;

/** Cases one after another, each from the seed and its own number. */
public final class Cases {
  private static final long ONE = Long.getLong("fuzz.case", -1);

  private Cases() {}

  /** One case. */
  @FunctionalInterface
  public interface Case {
    void run(At at, Random random);
  }

  /**
   * Runs cases one after another, or the one that {@code -Dfuzz.case} names. @return claims asked
   */
  public static int run(FalseAnswers found, RunLength length, Case fuzz) {
    int cases = 0;
    for (long i = Math.max(0, ONE); length.goesOn(cases) && (ONE < 0 || cases == 0); i++) {
      fuzz.run(new At(found, i), random(found.seed(), i));
      cases++;
    }
    return found.ended(cases);
  }

  private static Random random(long seed, long index) {
    Random mixed = new Random(seed * 0x9E3779B97F4A7C15L + index);
    return new Random(mixed.nextLong());
  }
}
