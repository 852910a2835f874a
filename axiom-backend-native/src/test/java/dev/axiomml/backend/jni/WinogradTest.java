package dev.axiomml.backend.jni;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.linear.Conv;
import dev.axiomml.core.op.scalar.Relu;
import dev.axiomml.core.op.window.WindowGeometry;
import dev.axiomml.core.run.Compilation;
import dev.axiomml.core.run.Optimize;
import dev.axiomml.core.run.Plan;
import dev.axiomml.core.run.RoundingDeparture;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Plans with convolutions by Winograd's algorithm: only where asked for, and within their bound.
 */
class WinogradTest {
  private static final int CHANNELS = 40;
  private static final Compilation AGGRESSIVE = Compilation.DEFAULT.at(Optimize.AGGRESSIVE);

  @BeforeEach
  void needsTheLibrary() {
    Graphs.backend();
  }

  private static WindowGeometry padded(int kernel) {
    return WindowGeometry.of(List.of(kernel, kernel))
        .padding(List.of(kernel / 2, kernel / 2), List.of(kernel / 2, kernel / 2));
  }

  private static Graph net(Conv conv, int batch, int side, Tensor weight) {
    GraphBuilder builder = Graph.builder();
    Value x = builder.input("x", Type.float32(Shape.of(batch, side, side, CHANNELS)));
    Value bias = builder.constant(Tensor.random(Shape.of(weight.shape().size(3)), 9, -1, 1));
    List<Value> operands = List.of(x, builder.constant(weight), bias);
    return builder.build(builder.emit(new Relu(), builder.emit(conv, operands)));
  }

  private static Tensor weight(int kernel, int in, long seed) {
    return Tensor.random(Shape.of(kernel, kernel, in, 48), seed, -1, 1);
  }

  private static Tensor input(Graph graph, double size) {
    return Tensor.random(graph.inputs().get(0).type().shape(), 3, -size, size);
  }

  private static List<RoundingDeparture> departures(Graph graph, Optimize level) {
    try (Plan plan = Graphs.backend().compile(graph, Compilation.DEFAULT.at(level))) {
      return plan.departures();
    }
  }

  private static double largest(Tensor a) {
    return distance(a, Tensor.zeros(a.shape()));
  }

  private static double distance(Tensor a, Tensor b) {
    double largest = 0;
    for (int i = 0; i < a.size(); i++) {
      largest = Math.max(largest, Math.abs(a.doubleAt(i) - b.doubleAt(i)));
    }
    return largest;
  }

  @Test
  void only_aggressive_plans_depart_and_they_say_so() {
    Graph graph = net(new Conv(padded(3), 1), 1, 28, weight(3, CHANNELS, 1));
    assertThat(departures(graph, Optimize.STRICT)).isEmpty();
    assertThat(departures(graph, Optimize.STANDARD)).isEmpty();
    List<RoundingDeparture> departures = departures(graph, Optimize.AGGRESSIVE);
    assertThat(departures).hasSize(1);
    assertThat(departures.get(0).algorithm()).isEqualTo("Winograd F(4 × 4, 3 × 3)");
    try (Plan plan = Graphs.backend().compile(graph, AGGRESSIVE)) {
      assertThat(plan.report()).contains("winograd", departures.get(0).toString());
    }
  }

  @Test
  void windows_that_it_does_not_fit_stay_as_they_were() {
    Conv strided = new Conv(padded(3).stride(List.of(2, 2)), 1);
    Conv dilated = new Conv(padded(3).dilation(List.of(2, 2)), 1);
    for (Conv conv : List.of(strided, dilated)) {
      Graph graph = net(conv, 1, 28, weight(3, CHANNELS, 1));
      assertThat(departures(graph, Optimize.AGGRESSIVE)).isEmpty();
    }
    Graph wide = net(new Conv(padded(5), 1), 1, 28, weight(5, CHANNELS, 1));
    Graph grouped = net(new Conv(padded(3), 2), 1, 28, weight(3, CHANNELS / 2, 1));
    assertThat(departures(wide, Optimize.AGGRESSIVE)).isEmpty();
    assertThat(departures(grouped, Optimize.AGGRESSIVE)).isEmpty();
  }

  @Test
  void answers_lie_within_the_bound_that_the_plan_hands_over() {
    for (int side : new int[] {7, 13, 28}) {
      for (double size : new double[] {1, 1e-3, 300}) {
        Graph graph = net(new Conv(padded(3), 1), 2, side, weight(3, CHANNELS, side));
        Tensor x = input(graph, size);
        Tensor exact = Graphs.exact(graph, List.of(x));
        double bound = departures(graph, Optimize.AGGRESSIVE).get(0).perUnit() * size;
        double ends = Graphs.gamma(1) * (largest(exact) + 1 + bound);
        double off = distance(Graphs.run(graph, List.of(x), AGGRESSIVE).get(0), exact);
        assertThat(off)
            .as("side %d, inputs of %s", side, size)
            .isBetween(1e-12 * size, bound + ends);
      }
    }
  }

  @Test
  void neither_the_batch_nor_threads_change_a_bit() {
    Tensor weight = weight(3, CHANNELS, 4);
    Graph three = net(new Conv(padded(3), 1), 3, 14, weight);
    Graph one = net(new Conv(padded(3), 1), 1, 14, weight);
    Tensor x = input(three, 1);
    Tensor all = Graphs.run(three, List.of(x), AGGRESSIVE).get(0);
    assertThat(Graphs.run(three, List.of(x), AGGRESSIVE.threads(3)).get(0)).isEqualTo(all);
    for (int i = 0; i < 3; i++) {
      Tensor alone = Graphs.run(one, List.of(x.slice(i, i + 1)), AGGRESSIVE).get(0);
      assertThat(alone).isEqualTo(all.slice(i, i + 1));
    }
  }

  @Test
  void the_bound_is_that_of_the_weights_in_use() {
    Tensor weight = weight(3, CHANNELS, 1);
    Graph graph = net(new Conv(padded(3), 1), 1, 28, weight);
    Tensor larger = Tensor.random(weight.shape(), 1, -8, 8);
    try (Plan plan = Graphs.backend().compile(graph, AGGRESSIVE);
        Plan next = plan.withTensors(t -> t.size() == weight.size() ? larger : t).orElseThrow()) {
      double before = plan.departures().get(0).perUnit();
      assertThat(next.departures().get(0).perUnit()).isBetween(7.9 * before, 8.1 * before);
    }
  }
}
