package dev.axiomml.verify.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A few threads that judge boxes; one means the caller's own. */
final class Crew implements AutoCloseable {
  private final Optional<ExecutorService> pool;

  Crew(int threads) {
    this.pool = threads > 1 ? Optional.of(Executors.newFixedThreadPool(threads)) : Optional.empty();
  }

  /** Runs all and answers in their order. */
  List<Judgement> all(List<Callable<Judgement>> tasks) {
    try {
      return pool.isEmpty() ? here(tasks) : together(pool.get(), tasks);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while boxes were judged", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a box could not be judged: " + e.getCause(), e);
    } catch (Exception e) {
      throw new IllegalStateException("a box could not be judged: " + e, e);
    }
  }

  private static List<Judgement> here(List<Callable<Judgement>> tasks) throws Exception {
    List<Judgement> answers = new ArrayList<>();
    for (Callable<Judgement> task : tasks) {
      answers.add(task.call());
    }
    return answers;
  }

  private static List<Judgement> together(ExecutorService pool, List<Callable<Judgement>> tasks)
      throws InterruptedException, ExecutionException {
    List<Judgement> answers = new ArrayList<>();
    for (Future<Judgement> future : pool.invokeAll(tasks)) {
      answers.add(future.get());
    }
    return answers;
  }

  @Override
  public void close() {
    pool.ifPresent(ExecutorService::shutdownNow);
  }
}
