package dev.axiomml.verify;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.PropertyException;
import dev.axiomml.core.run.ProgressListener;
import dev.axiomml.verify.cert.ProofSemantics;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * What a proof may cost and what it speaks of.
 *
 * <pre>{@code
 * Verdict v = Verifier.prove(model, theorem, Budget.seconds(60).threads(2));
 * }</pre>
 *
 * @param time for each claim, wall clock: preparation, bounds, search and check together
 * @param threads how many work at once, ≥ 1; the answer does not depend on it, but for the time
 * @param semantics float32 execution, or real arithmetic on request; the verdict says which
 * @param seed of the attack's random starts
 * @param cancelled asked often, by several threads; true ends whatever runs with {@code Unknown}.
 *     An interrupt of the asking thread does the same
 * @param progress hears how far the search is
 */
public record Budget(
    Duration time,
    int threads,
    ProofSemantics semantics,
    long seed,
    BooleanSupplier cancelled,
    ProgressListener progress) {
  /** Checks time and threads. */
  public Budget {
    if (time.isNegative() || threads < 1) {
      throw refused(time.isNegative() ? "a time of " + time : threads + " threads");
    }
  }

  /** So many seconds, as many threads as there are processors, float32 execution. */
  public static Budget seconds(double seconds) {
    if (!(seconds >= 0)) {
      throw refused("a time of " + seconds + " s");
    }
    return new Budget(
        Duration.ofNanos((long) (seconds * 1e9)),
        Runtime.getRuntime().availableProcessors(),
        ProofSemantics.FLOAT32,
        1,
        () -> false,
        ProgressListener.SILENT);
  }

  private static PropertyException refused(String given) {
    return new PropertyException(
        new Diagnosis(
            given,
            "Budget",
            "a budget has no negative time and at least one thread",
            "write e.g. Budget.seconds(60).threads(2)"));
  }

  /** The same on so many threads. */
  public Budget threads(int count) {
    return new Budget(time, count, semantics, seed, cancelled, progress);
  }

  /** The same about the network over real numbers; what a program rounds is left out. */
  public Budget overTheReals() {
    return new Budget(time, threads, ProofSemantics.REAL, seed, cancelled, progress);
  }

  /** The same with other random starts. */
  public Budget seed(long other) {
    return new Budget(time, threads, semantics, other, cancelled, progress);
  }

  /** The same, ended early when asked. */
  public Budget cancelledBy(BooleanSupplier signal) {
    return new Budget(time, threads, semantics, seed, signal, progress);
  }

  /** The same with a listener. */
  public Budget progress(ProgressListener listener) {
    return new Budget(time, threads, semantics, seed, cancelled, listener);
  }

  /** A clock for one question, counted from now. */
  BudgetClock start() {
    return new BudgetClock(this);
  }
}
