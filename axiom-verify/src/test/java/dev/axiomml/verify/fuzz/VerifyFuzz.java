package dev.axiomml.verify.fuzz;

import java.util.Map;
import java.util.TreeMap;

/**
 * Starts a fuzzer of proofs: {@code VerifyFuzz Formulas 600 7}, the target, the seconds and the
 * seed. A run answers how many cases it tried; a false answer ends it with an error.
 */
final class VerifyFuzz {
  @FunctionalInterface
  private interface Target {
    int run(long seed, RunLength length);
  }

  private static final Map<String, Target> TARGETS = new TreeMap<>();

  static {
    TARGETS.put("Formulas", FormulaFuzz::run);
    TARGETS.put("Graphs", GraphFuzz::run);
    TARGETS.put("Leaves", LeafFuzz::run);
    TARGETS.put("Certificates", CertificateFuzz::run);
    TARGETS.put("Bounds", BoundsFuzz::run);
  }

  private VerifyFuzz() {}

  /** Runs one target; the process ends with another code than zero on a false answer. */
  public static void main(String[] arguments) {
    Target target = TARGETS.get(arguments[0]);
    if (target == null) {
      throw new IllegalArgumentException(arguments[0] + " is none of " + TARGETS.keySet());
    }
    long seed = Long.parseLong(arguments[2]);
    System.out.println(
        arguments[0]
            + ": seed "
            + seed
            + (Executed.hasNative() ? ", reference and native" : ", reference alone"));
    target.run(seed, RunLength.ofSeconds(Long.parseLong(arguments[1])));
  }
}
