package dev.axiomml.verify.search;

import dev.axiomml.verify.bound.StoppedComputation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/** A few threads that judge boxes; one means the caller's own. */
final class WorkerPool implements AutoCloseable {
  private final Optional<ExecutorService> pool;

  WorkerPool(int threads) {
    this.pool = threads > 1 ? Optional.of(Executors.newFixedThreadPool(threads)) : Optional.empty();
  }

  /**
   * Runs all and answers in their order. @throws Stopped when the time is over, or when the caller
   * is interrupted, which ends the others too
   */
  List<GoalBounds> all(List<Supplier<List<GoalBounds>>> tasks) {
    return pool.isEmpty()
        ? tasks.stream().flatMap(task -> task.get().stream()).toList()
        : together(pool.get(), tasks);
  }

  private static List<GoalBounds> together(
      ExecutorService pool, List<Supplier<List<GoalBounds>>> tasks) {
    List<Callable<List<GoalBounds>>> calls = new ArrayList<>();
    tasks.forEach(task -> calls.add(task::get));
    try {
      List<GoalBounds> answers = new ArrayList<>();
      for (Future<List<GoalBounds>> future : pool.invokeAll(calls)) {
        answers.addAll(future.get());
      }
      return answers;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoppedComputation();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StoppedComputation stopped) {
        throw stopped;
      }
      throw new IllegalStateException("a box could not be judged: " + e.getCause(), e);
    }
  }

  @Override
  public void close() {
    pool.ifPresent(ExecutorService::shutdownNow);
  }
}
