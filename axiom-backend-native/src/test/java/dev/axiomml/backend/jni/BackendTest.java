package dev.axiomml.backend.jni;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiomml.core.error.BackendException;
import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.linear.Conv;
import dev.axiomml.core.op.pair.Add;
import dev.axiomml.core.op.pair.Mul;
import dev.axiomml.core.op.scalar.Relu;
import dev.axiomml.core.op.window.WindowGeometry;
import dev.axiomml.core.run.Backends;
import dev.axiomml.core.run.Compilation;
import dev.axiomml.core.run.Plan;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.testing.OpSamples;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BackendTest {
  private final Tensor x = Tensor.random(Shape.of(1, 4, 4, 2), 3, -2, 2);

  @BeforeEach
  void needsTheLibrary() {
    Graphs.backend();
  }

  /** conv, relu, cube, conv, sum with the cube. */
  private static Graph withCube() {
    GraphBuilder builder = Graph.builder();
    Value in = builder.input("x", Type.float32(Shape.of(1, 4, 4, 2)));
    Value first = conv(builder, "first", in, 1);
    Value relu = builder.add("bend", new Relu(), List.of(first)).get(0);
    Value cube = builder.add("cube", new Cube(), List.of(relu)).get(0);
    Value second = conv(builder, "second", cube, 2);
    return builder.build(builder.add("sum", new Add(), List.of(second, cube)));
  }

  private static Value conv(GraphBuilder builder, String name, Value x, long seed) {
    Tensor weight = Tensor.random(Shape.of(1, 1, 2, 2), seed, -1, 1);
    Value kernel = builder.parameter(new Parameter("w" + seed, weight));
    Conv op = new Conv(WindowGeometry.of(List.of(1, 1)), 1);
    return builder.add(name, op, List.of(x, kernel)).get(0);
  }

  @Test
  void it_is_found_by_name() {
    assertThat(Backends.require(Backends.NATIVE)).isInstanceOf(NativeBackend.class);
    assertThat(Backends.choose().chosen()).isEqualTo(Backends.NATIVE);
  }

  @Test
  void a_node_without_a_kernel_is_refused_by_name() {
    assertThatThrownBy(() -> Graphs.backend().compile(withCube(), Compilation.DEFAULT))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("1 nodes without a native kernel: Cube cube")
        .hasMessageContaining("where: native backend")
        .hasMessageContaining("unless the caller allows it")
        .hasMessageContaining("withJavaForTheRest()");
  }

  @Test
  void a_node_without_a_kernel_runs_in_java_when_the_caller_allows_it() {
    Graph graph = withCube();
    Compilation mixed = Compilation.DEFAULT.withJavaForTheRest();
    Tensor y = Graphs.run(graph, List.of(x), mixed).get(0);
    assertThat(Mass.violations(y, Graphs.exact(graph, List.of(x)), cubed(graph))).isEmpty();
    try (Plan plan = Graphs.backend().compile(graph, mixed)) {
      assertThat(plan.report())
          .contains("2 native stretches, 1 nodes in Java")
          .contains("java: Cube cube")
          .contains("first + bend")
          .contains("second + sum");
    }
  }

  /** |f| of the cube is at most 8 times its operand here, and it stretches errors by 12. */
  private Mass.Sum cubed(Graph graph) {
    Tensor exact = Graphs.exact(graph, List.of(x));
    double[] mass = new double[exact.size()];
    java.util.Arrays.fill(mass, 200 * 12);
    return new Mass.Sum(mass, 16);
  }

  @Test
  void the_report_says_what_runs_fused_how_and_where() {
    GraphBuilder builder = Graph.builder();
    Value in = builder.input("x", Type.float32(Shape.of(1, 4, 4, 2)));
    Value c = conv(builder, "stem", in, 1);
    Value s = builder.add("skip", new Add(), List.of(c, in)).get(0);
    Graph graph = builder.build(builder.add("relu", new Relu(), List.of(s)));
    try (Plan plan = Graphs.backend().compile(graph, Compilation.DEFAULT.threads(2))) {
      assertThat(plan.report())
          .contains("3 nodes in 1 instructions, 1 of them fused")
          .contains("2 threads")
          .contains("stem + skip + relu");
    }
    try (Plan plan = Graphs.backend().compile(graph, Graphs.strict())) {
      assertThat(plan.report()).contains("3 nodes in 3 instructions, 0 of them fused");
    }
  }

  /** A sum written into the convolution in front of it, whichever side it stands on. */
  @Test
  void a_fused_sum_adds_the_other_operand() {
    for (boolean swapped : new boolean[] {false, true}) {
      GraphBuilder builder = Graph.builder();
      Value in = builder.input("x", Type.float32(Shape.of(1, 4, 4, 2)));
      Value c = conv(builder, "stem", in, 1);
      List<Value> sides = swapped ? List.of(in, c) : List.of(c, in);
      Graph graph = builder.build(builder.add("skip", new Add(), sides));
      Tensor fused = Graphs.standard(graph, List.of(x));
      assertThat(fused).isEqualTo(Graphs.run(graph, List.of(x), Graphs.strict()).get(0));
      assertThat(
              Mass.violations(fused, Graphs.exact(graph, List.of(x)), Mass.of(graph, List.of(x))))
          .isEmpty();
    }
  }

  /** A norm with running statistics in front of a function, as DenseNet has it. */
  @Test
  void a_product_and_a_sum_of_channels_are_one_instruction() {
    Graph alone = scaled(false);
    Graph shown = scaled(true);
    assertThat(report(alone)).contains("4 nodes in 2 instructions");
    assertThat(report(shown)).contains("4 nodes in 3 instructions");
    for (Graph graph : List.of(alone, shown)) {
      Tensor fused = Graphs.standard(graph, List.of(x));
      assertThat(
              Mass.violations(fused, Graphs.exact(graph, List.of(x)), Mass.of(graph, List.of(x))))
          .isEmpty();
    }
  }

  private static String report(Graph graph) {
    try (Plan plan = Graphs.backend().compile(graph, Compilation.DEFAULT)) {
      return plan.report();
    }
  }

  /** Twice scaled and shifted, weights on either side; the first product read twice if wanted. */
  private static Graph scaled(boolean shown) {
    GraphBuilder to = Graph.builder();
    Value in = to.input("x", Type.float32(Shape.of(1, 4, 4, 2)));
    Value factor = to.parameter(OpSamples.weight(2));
    Value offset = to.parameter(OpSamples.positive(2));
    Value product = to.add("scale", new Mul(), List.of(in, factor)).get(0);
    Value y = to.add("shift", new Add(), List.of(offset, product)).get(0);
    Value again = to.add("scale2", new Mul(), List.of(factor, y)).get(0);
    y = to.add("shift2", new Add(), List.of(again, offset)).get(0);
    return to.build(shown ? List.of(y, product) : List.of(y));
  }
}
