package dev.axiomml.backend.jni;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiomml.core.error.BackendException;
import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.index.NonZero;
import dev.axiomml.core.op.move.Expand;
import dev.axiomml.core.op.pair.Add;
import dev.axiomml.core.run.Compilation;
import dev.axiomml.core.run.Plan;
import dev.axiomml.core.run.ReferenceBackend;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlansTest {
  @BeforeEach
  void needsTheLibrary() {
    Graphs.backend();
  }

  private static Tensor input(Graph graph, long seed) {
    return Tensor.random(graph.inputs().get(0).type().shape(), seed, -1, 1);
  }

  @Test
  void random_nets_lie_within_their_rounding_bound() {
    for (long seed = 0; seed < 150; seed++) {
      Graph graph = RandomNet.of(seed, 1 + (int) (seed % 3));
      List<Tensor> in = List.of(input(graph, seed));
      Tensor y = Graphs.standard(graph, in);
      assertThat(Mass.violations(y, Graphs.exact(graph, in), Mass.of(graph, in)))
          .as("seed %d", seed)
          .isEmpty();
    }
  }

  @Test
  void fusion_and_threads_do_not_change_a_bit() {
    for (long seed = 0; seed < 60; seed++) {
      Graph graph = RandomNet.of(seed, 3);
      List<Tensor> in = List.of(input(graph, seed));
      Tensor plain = Graphs.run(graph, in, Graphs.strict()).get(0);
      assertThat(Graphs.standard(graph, in)).as("seed %d", seed).isEqualTo(plain);
      assertThat(Graphs.run(graph, in, Compilation.DEFAULT.threads(3)).get(0))
          .as("seed %d, three threads", seed)
          .isEqualTo(plain);
    }
  }

  @Test
  void a_sample_does_not_depend_on_the_batch_around_it() {
    for (long seed = 0; seed < 40; seed++) {
      Graph five = RandomNet.of(seed, 5);
      Tensor x = input(five, seed);
      Tensor all = Graphs.standard(five, List.of(x));
      for (int i = 0; i < 5; i++) {
        Tensor one = Graphs.standard(RandomNet.of(seed, 1), List.of(x.slice(i, i + 1)));
        assertThat(one).as("seed %d, sample %d", seed, i).isEqualTo(all.slice(i, i + 1));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void many_threads_may_run_one_plan(int threads) throws Exception {
    Graph graph = RandomNet.of(11, 2);
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try (Plan plan = Graphs.backend().compile(graph, Compilation.DEFAULT.threads(threads))) {
      List<Tensor> in = new ArrayList<>();
      List<RuntimeValue> expected = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        in.add(input(graph, i));
        expected.add(plan.run(List.of(in.get(i))).get(0));
      }
      List<Future<Integer>> wrong = new ArrayList<>();
      for (int caller = 0; caller < 4; caller++) {
        wrong.add(pool.submit(wrongAnswers(plan, in, expected)));
      }
      for (Future<Integer> count : wrong) {
        assertThat(count.get()).isZero();
      }
    } finally {
      pool.shutdown();
    }
  }

  private static Callable<Integer> wrongAnswers(
      Plan plan, List<Tensor> in, List<RuntimeValue> expected) {
    return () -> {
      int wrong = 0;
      for (int i = 0; i < 400; i++) {
        int at = i % in.size();
        wrong += plan.run(List.of(in.get(at))).get(0).equals(expected.get(at)) ? 0 : 1;
      }
      return wrong;
    };
  }

  @Test
  void a_closed_plan_is_refused_and_closing_twice_is_harmless() {
    Graph graph = RandomNet.of(1, 1);
    Plan plan = Graphs.backend().compile(graph, Compilation.DEFAULT);
    plan.close();
    plan.close();
    assertThatThrownBy(() -> plan.run(List.of(input(graph, 1))))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("closed")
        .hasMessageContaining("fix:");
  }

  @Test
  void a_tensor_of_another_shape_is_refused() {
    Graph graph = RandomNet.of(1, 1);
    try (Plan plan = Graphs.backend().compile(graph, Compilation.DEFAULT)) {
      assertThatThrownBy(() -> plan.run(List.of(Tensor.zeros(Shape.of(3)))))
          .isInstanceOf(BackendException.class)
          .hasMessageContaining("float32 3")
          .hasMessageContaining("fixed shapes");
    }
  }

  @Test
  void sizes_that_only_data_tells_reach_the_nodes_in_java() {
    GraphBuilder builder = Graph.builder();
    Value x = builder.input("x", Type.float32(Shape.of(5)));
    Value doubled = builder.emit(new Add(), List.of(x, x)).get(0);
    Value places = builder.emit(new NonZero("found"), List.of(doubled)).get(0);
    Value one = builder.constant("one", Tensor.scalar(1));
    Value ones = builder.emit(new Expand(Shape.of(Dim.symbol("found"))), List.of(one)).get(0);
    Graph graph = builder.build(List.of(places, ones));
    Compilation mixed = Compilation.DEFAULT.withJavaForTheRest();
    try (Plan plan = Graphs.backend().compile(graph, mixed)) {
      assertThat(plan.report()).contains("1 native stretches, 2 nodes in Java");
      for (Tensor in : List.of(list(1, 0, 2, 0, 0), list(1, 2, 3, 4, 0))) {
        List<RuntimeValue> wanted =
            new ReferenceBackend().compile(graph, Compilation.DEFAULT).run(List.of(in));
        assertThat(plan.run(List.of(in))).isEqualTo(wanted);
      }
    }
  }

  private static Tensor list(float... values) {
    return Tensor.of(Shape.of(values.length), values);
  }
}
