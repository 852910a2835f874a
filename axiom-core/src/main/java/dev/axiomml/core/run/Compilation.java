package dev.axiomml.core.run;

/**
 * What a caller asks of a compilation.
 *
 * @param optimize how far arithmetic may be changed
 * @param threads threads for one prediction, ≥ 1
 * @param javaForTheRest whether nodes without a kernel may run in Java; otherwise the compilation
 *     is refused with their list
 */
public record Compilation(Optimize optimize, int threads, boolean javaForTheRest) {
  /** Standard, one thread, no mixing. */
  public static final Compilation DEFAULT = new Compilation(Optimize.STANDARD, 1, false);

  /** Checks the thread count. */
  public Compilation {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, got " + threads);
    }
  }

  /** The same at another level. */
  public Compilation at(Optimize level) {
    return new Compilation(level, threads, javaForTheRest);
  }

  /** The same with Java for nodes without a kernel, and a report that names them. */
  public Compilation withJavaForTheRest() {
    return new Compilation(optimize, threads, true);
  }

  /** The same with another number of threads. */
  public Compilation threads(int count) {
    return new Compilation(optimize, count, javaForTheRest);
  }
}
