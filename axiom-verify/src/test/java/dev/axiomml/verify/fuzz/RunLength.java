package dev.axiomml.verify.fuzz;

/**
 * How long a fuzzer goes on: a number of cases, the same on every machine, or a time that begins
 * with the first case.
 */
public final class RunLength {
  private final int cases;
  private final long nanos;
  private long start;

  private RunLength(int cases, long nanos) {
    this.cases = cases;
    this.nanos = nanos;
  }

  /** So many cases, however long they take. */
  public static RunLength ofCases(int cases) {
    return new RunLength(cases, Long.MAX_VALUE);
  }

  /** As many cases as begin within so many seconds, at least one. */
  public static RunLength ofSeconds(long seconds) {
    return new RunLength(Integer.MAX_VALUE, seconds * 1_000_000_000L);
  }

  /** Whether another case follows those that were done. */
  boolean goesOn(int done) {
    start = done == 0 ? System.nanoTime() : start;
    return done < cases && (done == 0 || System.nanoTime() - start < nanos);
  }
}
