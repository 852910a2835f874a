package dev.axiomml.verify.search;

import dev.axiomml.verify.bound.Stopped;
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
final class Crew implements AutoCloseable {
  private final Optional<ExecutorService> pool;

  Crew(int threads) {
    this.pool = threads > 1 ? Optional.of(Executors.newFixedThreadPool(threads)) : Optional.empty();
  }

  /**
   * Runs all and answers in their order. @throws Stopped when the time is over, or when the caller
   * is interrupted, which ends the others too
   */
  List<Judgement> all(List<Supplier<Judgement>> tasks) {
    return pool.isEmpty()
        ? tasks.stream().map(Supplier::get).toList()
        : together(pool.get(), tasks);
  }

  private static List<Judgement> together(ExecutorService pool, List<Supplier<Judgement>> tasks) {
    List<Callable<Judgement>> calls = new ArrayList<>();
    tasks.forEach(task -> calls.add(task::get));
    try {
      List<Judgement> answers = new ArrayList<>();
      for (Future<Judgement> future : pool.invokeAll(calls)) {
        answers.add(future.get());
      }
      return answers;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Stopped();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Stopped stopped) {
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
