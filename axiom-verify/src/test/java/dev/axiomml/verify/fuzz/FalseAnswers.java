package dev.axiomml.verify.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a run of a fuzzer found: printed when it is seen, thrown at the end. */
final class FalseAnswers {
  private static final int SHOWN = Integer.getInteger("fuzz.shown", 3);

  private final String fuzzer;
  private final long seed;
  private final long start = System.nanoTime();
  private final Map<String, Integer> counts = new TreeMap<>();
  private final List<String> texts = new ArrayList<>();

  FalseAnswers(String fuzzer, long seed) {
    this.fuzzer = fuzzer;
    this.seed = seed;
  }

  /** Notes one. */
  void add(String kind, long index, String text) {
    if (counts.merge(kind, 1, Integer::sum) <= SHOWN) {
      String full =
          "%s: %s, seed %d, case %d, after %.1f s%n  %s"
              .formatted(fuzzer, kind, seed, index, seconds(), text.replace("\n", "\n  "));
      texts.add(full);
      System.out.println(full);
    }
  }

  /** Notes what a case threw: only typed refusals may be thrown, and none where it is asked well. */
  void thrown(long index, String text, Throwable thrown) {
    StackTraceElement[] trace = thrown.getStackTrace();
    String at = trace.length == 0 ? "" : " at " + trace[0];
    add("crash, " + thrown.getClass().getSimpleName(), index, text + "\n" + thrown + at);
  }

  double seconds() {
    return (System.nanoTime() - start) * 1e-9;
  }

  /** Ends a run: prints what was done, throws when something was false. */
  int ended(int cases, String what) {
    System.out.printf(
        "%s: seed %d, %d %s in %.1f s, false answers: %s%n",
        fuzzer, seed, cases, what, seconds(), counts.isEmpty() ? "none" : counts);
    if (!counts.isEmpty()) {
      throw new AssertionError(counts + "\n" + String.join("\n", texts));
    }
    return cases;
  }
}
