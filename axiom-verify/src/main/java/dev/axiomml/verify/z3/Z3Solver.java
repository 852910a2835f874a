package dev.axiomml.verify.z3;

import dev.axiomml.verify.smt.SmtFact;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The solver, where its library is there.
 *
 * <p>Each question has a solver of its own on a thread of its own; interrupting the thread that
 * asks stops it. The time is the solver's own limit, so answers may come a little later.
 */
public final class Z3Solver {
  private static final Logger LOG = LoggerFactory.getLogger(Z3Solver.class);

  private Z3Solver() {}

  /** Tried once, when first asked. */
  private static final class Trial {
    static final Optional<String> WHY = tried();

    static {
      WHY.ifPresent(why -> LOG.info("nothing is decided exactly: {}", why));
    }

    private Trial() {}
  }

  /** Why Z3 cannot be used here, one sentence; empty when it can. */
  public static Optional<String> unavailable() {
    return Trial.WHY;
  }

  /** A missing jar, a missing platform and a broken library each have their own error. */
  private static Optional<String> tried() {
    try {
      SolverRun.start().close();
      return Optional.empty();
    } catch (LinkageError | RuntimeException e) {
      Throwable reason = e.getCause() == null ? e : e.getCause(); // of a failed initializer
      return Optional.of(
          "Z3 cannot be used ("
              + reason
              + "); add tools.aqua:z3-turnkey to the class path; the command's jar has it for the"
              + " platform it was built on, or for all where it was built with"
              + " -Dz3.platform='*/*'");
    }
  }

  /** Whether there are numbers for which all facts hold. */
  public static SolverAnswer decide(List<SmtFact> facts, Duration limit) {
    Optional<String> why = unavailable();
    return why.<SolverAnswer>map(SolverAnswer.Undecided::new).orElseGet(() -> asked(facts, limit));
  }

  private static SolverAnswer asked(List<SmtFact> facts, Duration limit) {
    try (SolverRun solving = SolverRun.start()) {
      FutureTask<SolverAnswer> task = new FutureTask<>(() -> solving.decide(facts, limit));
      Thread thread = new Thread(task, "z3");
      thread.setDaemon(true);
      thread.start();
      return answer(task, solving);
    }
  }

  private static SolverAnswer answer(FutureTask<SolverAnswer> task, SolverRun solving) {
    try {
      return task.get();
    } catch (InterruptedException e) {
      solving.interrupt();
      SolverAnswer answer = ended(task);
      Thread.currentThread().interrupt();
      return answer;
    } catch (ExecutionException e) {
      return new SolverAnswer.Undecided("Z3 gave up: " + e.getCause());
    }
  }

  /** The solver's memory may be freed only when its thread has ended. */
  private static SolverAnswer ended(FutureTask<SolverAnswer> task) {
    while (!task.isDone()) {
      LockSupport.parkNanos(1_000_000);
    }
    return new SolverAnswer.Undecided("the thread that asked was interrupted");
  }
}
