package dev.axiomml.verify.fuzz;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a run of a fuzzer found: printed when it is seen, thrown at the end. */
public final class FalseAnswers {
  private static final int SHOWN = Integer.getInteger("fuzz.shown", 3);

  private final String fuzzer;
  private final long seed;
  private final Tally tally = new Tally();
  private final long start = System.nanoTime();
  private final Map<String, Integer> counts = new TreeMap<>();
  private final List<String> texts = new ArrayList<>();

  /** What one run of a fuzzer finds. */
  public FalseAnswers(String fuzzer, long seed) {
    this.fuzzer = fuzzer;
    this.seed = seed;
  }

  /** The case that is run. */
  public record At(FalseAnswers all, long index) {
    /** What was answered so far. */
    public Tally tally() {
      return all.tally;
    }

    /** Notes a false answer. */
    public void found(String kind, String text) {
      all.add(kind, index, text);
    }

    /** Notes an error that is no typed refusal, or a refusal of what was asked well. */
    public void thrown(String text, Throwable thrown) {
      String where =
          Arrays.stream(thrown.getStackTrace())
              .filter(frame -> frame.getClassName().startsWith("dev.axiomml"))
              .findFirst()
              .map(frame -> " at " + frame)
              .orElse("");
      found("thrown " + thrown.getClass().getSimpleName(), text + "\n" + thrown + where);
    }
  }

  private void add(String kind, long index, String text) {
    if (counts.merge(kind, 1, Integer::sum) <= SHOWN) {
      String full =
          "%s: %s, seed %d, case %d, after %s%n  %s"
              .formatted(fuzzer, kind, seed, index, elapsed(), text.replace("\n", "\n  "));
      texts.add(full);
      System.out.println(full);
    }
  }

  long seed() {
    return seed;
  }

  /** By the clock, and what this thread got of it: a machine that is busy tells less. */
  private String elapsed() {
    long used = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    return "%.1f s (%.1f s of one core)".formatted((System.nanoTime() - start) * 1e-9, used * 1e-9);
  }

  /** Ends a run: prints what was done, throws when something was false. @return claims asked */
  int ended(int cases) {
    String done =
        "%s: seed %d, %d claims of %d cases in %s, %s, false answers: %s"
            .formatted(
                fuzzer,
                seed,
                tally.all(),
                cases,
                elapsed(),
                tally,
                counts.isEmpty() ? "none" : counts);
    System.out.println(done);
    if (!counts.isEmpty()) {
      throw new AssertionError(done + "\n" + String.join("\n", texts));
    }
    return tally.all();
  }
}
