package dev.axiomml.core.model.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.run.Compilation;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.testing.AllocatedBytes;
import dev.axiomml.testing.Nets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PlanCacheTest {
  private final Graph graph = Nets.relus(1, 2, 3).inference();
  private final RecordingBackend backend = new RecordingBackend();
  private final PlanCache cache =
      new PlanCache(
          new ModelGraphs(graph, Optional.empty()), backend, Compilation.DEFAULT, sizes -> {});
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void noThreadIsLeft() {
    threads.shutdownNow();
  }

  private static List<Type> types(int batch) {
    return List.of(Type.float32(Shape.of(batch, 2)));
  }

  private PlanCache.Lease lease(int batch) {
    return cache.lease(batch, PlanCacheTest::types);
  }

  private RecordingBackend.RecordedPlan used(int batch) {
    try (PlanCache.Lease lease = lease(batch)) {
      return (RecordingBackend.RecordedPlan) lease.plan();
    }
  }

  @Test
  void two_sizes_compile_side_by_side() throws Exception {
    CyclicBarrier bothCompile = new CyclicBarrier(2);
    backend.whileCompiling(batch -> bothCompile.await());
    Future<RecordingBackend.RecordedPlan> two = threads.submit(() -> used(2));
    Future<RecordingBackend.RecordedPlan> three = threads.submit(() -> used(3));
    assertThat(List.of(two.get().batch(), three.get().batch())).containsExactly(2L, 3L);
  }

  @Test
  void one_size_is_compiled_once_and_only_those_who_want_it_wait() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    backend.whileCompiling(
        batch -> {
          if (batch == 2) {
            begun.countDown();
            go.await();
          }
        });
    Future<RecordingBackend.RecordedPlan> first = threads.submit(() -> used(2));
    begun.await();
    List<Future<RecordingBackend.RecordedPlan>> others =
        List.of(threads.submit(() -> used(2)), threads.submit(() -> used(2)));
    assertThat(used(3).batch()).isEqualTo(3);
    assertThat(others).noneMatch(Future::isDone);
    go.countDown();
    for (Future<RecordingBackend.RecordedPlan> other : others) {
      assertThat(other.get()).isSameAs(first.get());
    }
    assertThat(backend.compiled()).containsExactlyInAnyOrder(2L, 3L);
  }

  @Test
  void who_waited_for_a_compilation_that_fails_gets_an_error_of_its_own() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    backend.whileCompiling(
        batch -> {
          begun.countDown();
          go.await();
          throw new IllegalStateException("refused by " + Thread.currentThread().getName());
        });
    List<Future<String>> errors = new ArrayList<>();
    errors.add(threads.submit(this::refusal));
    begun.await();
    errors.add(threads.submit(this::refusal));
    go.countDown();
    assertThat(errors.get(0).get()).isNotEqualTo(errors.get(1).get()).startsWith("refused by ");
    backend.whileCompiling(batch -> {});
    assertThat(used(2).batch()).isEqualTo(2);
  }

  private String refusal() {
    try {
      return "compiled " + used(2);
    } catch (IllegalStateException e) {
      return e.getMessage();
    }
  }

  @Test
  void the_plan_used_longest_ago_makes_room_for_a_ninth() {
    List<RecordingBackend.RecordedPlan> plans = new ArrayList<>();
    for (int batch = 1; batch <= 8; batch++) {
      plans.add(used(batch));
    }
    used(1);
    used(9);
    assertThat(plans).filteredOn(plan -> plan.isClosed()).containsExactly(plans.get(1));
    assertThat(used(1)).isSameAs(plans.get(0));
    assertThat(used(2)).isNotSameAs(plans.get(1));
  }

  @Test
  void a_plan_that_made_room_is_closed_after_its_last_use() {
    PlanCache.Lease held = lease(1);
    for (int batch = 2; batch <= 12; batch++) {
      used(batch);
    }
    RecordingBackend.RecordedPlan plan = (RecordingBackend.RecordedPlan) held.plan();
    assertThat(plan.isClosed()).isFalse();
    assertThat(held.take()).isTrue();
    held.close();
    assertThat(plan.isClosed()).isFalse();
    held.close();
    assertThat(plan.isClosed()).isTrue();
    assertThat(held.take()).isFalse();
  }

  @Test
  void batches_and_types_find_the_same_plan() {
    List<RecordingBackend.RecordedPlan> plans = List.of(used(4), used(5));
    for (int i = 0; i < 4; i++) {
      try (PlanCache.Lease byTypes = cache.lease(types(4 + i % 2))) {
        assertThat(byTypes.plan()).isSameAs(plans.get(i % 2));
      }
    }
    assertThat(backend.compiled()).containsExactly(4L, 5L);
  }

  @Test
  void a_negative_batch_is_refused() {
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(1);
    backend.whileCompiling(
        batch -> {
          begun.countDown();
          never.await();
        });
    threads.submit(() -> used(2));
    assertThatThrownBy(
            () -> {
              begun.await();
              lease(-1);
            })
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("never negative");
  }

  @Test
  void closing_waits_for_nobody_and_what_is_compiled_meanwhile_is_freed() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    backend.whileCompiling(
        batch -> {
          begun.countDown();
          go.await();
        });
    Future<RecordingBackend.RecordedPlan> late = threads.submit(() -> used(2));
    begun.await();
    cache.close();
    go.countDown();
    assertThat(late.get().isClosed()).isTrue();
    assertThat(used(2).isClosed()).isTrue();
  }

  @Test
  void no_plan_is_closed_while_it_is_used() throws Exception {
    AtomicInteger closedInUse = new AtomicInteger();
    List<Future<Void>> callers = new ArrayList<>();
    for (int caller = 0; caller < 4; caller++) {
      callers.add(threads.submit(uses(caller, closedInUse)));
    }
    for (Future<Void> caller : callers) {
      caller.get(50, TimeUnit.SECONDS);
    }
    assertThat(closedInUse.get()).isZero();
    cache.close();
    assertThat(backend.open()).isZero();
  }

  private Callable<Void> uses(int seed, AtomicInteger closedInUse) {
    java.util.Random random = new java.util.Random(seed);
    return () -> {
      for (int i = 0; i < 3_000; i++) {
        try (PlanCache.Lease lease = lease(1 + random.nextInt(12))) {
          Thread.yield();
          boolean closed = ((RecordingBackend.RecordedPlan) lease.plan()).isClosed();
          closedInUse.addAndGet(closed ? 1 : 0);
        }
      }
      return null;
    };
  }

  @Test
  void a_plan_that_is_there_is_found_without_allocation() {
    AllocatedBytes allocated = AllocatedBytes.ofThisThread();
    int[] turn = {0};
    assertThat(allocated.of(20_000, () -> used(1 + turn[0]++ % 8))).isZero();
  }
}
