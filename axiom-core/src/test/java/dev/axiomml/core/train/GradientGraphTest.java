package dev.axiomml.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiomml.core.error.ModelException;
import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.ir.GraphRewrite;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.RunOp;
import dev.axiomml.core.op.index.ScatterElements;
import dev.axiomml.core.op.index.ScatterReduction;
import dev.axiomml.core.op.linear.Dense;
import dev.axiomml.core.op.move.Permute;
import dev.axiomml.core.op.norm.Attention;
import dev.axiomml.core.op.norm.LayerNorm;
import dev.axiomml.core.op.pair.Mul;
import dev.axiomml.core.op.reduce.ReduceMax;
import dev.axiomml.core.op.reduce.ReduceProd;
import dev.axiomml.core.op.reduce.ReduceSum;
import dev.axiomml.core.op.scalar.Floor;
import dev.axiomml.core.op.scalar.Tanh;
import dev.axiomml.core.run.Interpreter;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.testing.OpSamples;
import dev.axiomml.testing.OpSamples.OpSample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GradientGraphTest {
  private static final ReduceSum ALL = new ReduceSum(List.of(), false);

  static Stream<OpSample> samples() {
    return OpSamples.all().stream()
        .filter(sample -> !(sample.op() instanceof RunOp) && OpGradients.has(sample.op()));
  }

  /** The sum of the first results, each times a number of its own. */
  private static Value loss(GraphBuilder to, Value y, long seed) {
    Tensor weights = Tensor.random(y.type().shape(), seed, -1, 1).to(DType.FLOAT64);
    return to.emit(ALL, to.emit(new Mul(), List.of(y, to.constant(weights)))).get(0);
  }

  private static List<Tensor> run(Graph graph, List<Tensor> in) {
    return graph.read(new ArrayList<RuntimeValue>(in), new Interpreter()).stream()
        .map(RuntimeValue::tensor)
        .toList();
  }

  /** The emitted graph against the reverse run, which differences confirm. */
  @ParameterizedTest
  @MethodSource("samples")
  void the_graph_has_the_gradients_of_the_reverse_run(OpSample sample) {
    List<Tensor> in = sample.inputs(3).stream().map(t -> t.to(DType.FLOAT64)).toList();
    GraphBuilder to = Graph.builder();
    List<Value> inputs = new ArrayList<>();
    in.forEach(tensor -> inputs.add(to.input("x", tensor.type())));
    Value loss = loss(to, to.add("op", sample.op(), inputs).get(0), 5);
    Graph graph = to.build(List.of(loss));
    Map<Value, RuntimeValue> values = graph.readAll(new ArrayList<>(in), new Interpreter());
    Map<Value, double[]> back =
        graph.reverse(Map.of(loss, new double[] {1}), new GradientReading(values));
    List<Tensor> emitted = run(GradientGraph.of(graph, loss, inputs).graph(), in);
    assertThat(emitted.get(0)).isEqualTo(values.get(loss));
    for (int k = 0; k < inputs.size(); k++) {
      double[] dx = back.getOrDefault(inputs.get(k), new double[in.get(k).size()]);
      assertNear(emitted.get(1 + k).toDoubles(), dx, 1e-12);
    }
  }

  private static void assertNear(double[] actual, double[] expected, double tolerance) {
    assertThat(actual).hasSize(expected.length);
    double most = 1;
    for (double one : expected) {
      most = Math.max(most, Math.abs(one));
    }
    for (int i = 0; i < actual.length; i++) {
      assertThat(Math.abs(actual[i] - expected[i])).isLessThanOrEqualTo(tolerance * most);
    }
  }

  /** A layer with attention, a norm and weights that are used twice. */
  private static Graph attention() {
    GraphBuilder to = Graph.builder();
    Value x = to.input("x", Type.of(Shape.of(2, 3, 4), DType.FLOAT64));
    Value w = to.parameter(weight("w", 1, 4, 4));
    Value q = to.emit(new Dense(), List.of(x, w)).get(0);
    Value k = to.emit(Permute.of(0, 2, 1), List.of(q)).get(0);
    Value v = to.emit(new Dense(), List.of(x, to.parameter(weight("v", 2, 4, 4)))).get(0);
    Value a = to.emit(new Attention(0.5), List.of(q, k, v)).get(0);
    Value gamma = to.parameter(weight("gamma", 3, 4));
    Value beta = to.parameter(weight("beta", 4, 4));
    Value n = to.emit(new LayerNorm(1, 1e-5), List.of(a, gamma, beta)).get(0);
    return to.build(List.of(loss(to, to.emit(new Tanh(), List.of(n)).get(0), 6)));
  }

  private static Parameter weight(String name, long seed, long... shape) {
    return new Parameter(name, Tensor.random(Shape.of(shape), seed, -1, 1).to(DType.FLOAT64));
  }

  private static List<Value> wanted(Graph graph) {
    List<Value> by = new ArrayList<>(graph.inputs());
    by.addAll(
        graph.constants().keySet().stream().filter(v -> graph.parameter(v).isPresent()).toList());
    return by;
  }

  /** H·v, the gradient of the product of the gradient and a vector, against differences of it. */
  @Test
  void the_gradient_of_a_gradient_is_a_hessian_vector_product() {
    Graph graph = attention();
    Value x = graph.inputs().get(0);
    Graph first = GradientGraph.of(graph, graph.outputs().get(0), List.of(x)).graph();
    Graph slope = weighed(first);
    Value along = slope.outputs().get(0);
    Graph second = GradientGraph.of(slope, along, slope.inputs().subList(0, 1)).graph();
    Tensor at = Tensor.random(x.type().shape(), 8, -1, 1).to(DType.FLOAT64);
    Tensor v = Tensor.random(x.type().shape(), 9, -1, 1).to(DType.FLOAT64);
    double[] product = run(second, List.of(at, v)).get(1).toDoubles();
    double h = 1e-5;
    double[] up = run(first, List.of(moved(at, v, h))).get(1).toDoubles();
    double[] down = run(first, List.of(moved(at, v, -h))).get(1).toDoubles();
    for (int i = 0; i < product.length; i++) {
      assertThat(Math.abs(product[i] - (up[i] - down[i]) / (2 * h))).isLessThan(1e-7);
    }
    assertThat(Arrays.stream(product)).anyMatch(one -> Math.abs(one) > 0.01);
  }

  /** The gradient that a graph answers, times a second input, added up. */
  private static Graph weighed(Graph first) {
    return GraphRewrite.of(
            first,
            new GraphRewrite() {
              @Override
              protected List<Value> node(Node at, List<Value> in) {
                return copy(at, in);
              }

              @Override
              protected List<Value> outputs(List<Value> out) {
                Value v = to().input("v", out.get(1).type());
                return to().emit(ALL, to().emit(new Mul(), List.of(out.get(1), v)));
              }
            })
        .graph();
  }

  private static Tensor moved(Tensor at, Tensor by, double h) {
    double[] moved = at.toDoubles();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += h * by.doubleAt(i);
    }
    return Tensor.ofDoubles(at.shape(), DType.FLOAT64, moved);
  }

  @Test
  void every_weight_has_a_gradient_and_what_is_not_used_has_zeros() {
    Graph graph = attention();
    List<Value> by = wanted(graph);
    Graph step = GradientGraph.of(graph, graph.outputs().get(0), by).graph();
    Tensor at = Tensor.random(Shape.of(2, 3, 4), 8, -1, 1).to(DType.FLOAT64);
    List<Tensor> out = run(step, List.of(at));
    assertThat(out).hasSize(6);
    for (int k = 0; k < by.size(); k++) {
      assertThat(out.get(1 + k).shape()).isEqualTo(by.get(k).type().shape());
      assertThat(Arrays.stream(out.get(1 + k).toDoubles())).anyMatch(g -> Math.abs(g) > 1e-3);
    }
    GraphBuilder to = Graph.builder();
    Value used = to.input("used", Type.float32(Shape.of(2)));
    Value left = to.input("left", Type.float32(Shape.of(3)));
    Graph two = to.build(to.emit(ALL, List.of(used)));
    Graph zeros = GradientGraph.of(two, two.outputs().get(0), List.of(used, left)).graph();
    List<Tensor> answers =
        run(zeros, List.of(Tensor.zeros(Shape.of(2)), Tensor.zeros(Shape.of(3))));
    assertThat(answers.get(1).toDoubles()).containsExactly(1, 1);
    assertThat(answers.get(2).toDoubles()).containsExactly(0, 0, 0);
  }

  @Test
  void what_has_no_gradient_is_named() {
    GraphBuilder to = Graph.builder();
    Value x = to.input("x", Type.float32(Shape.of(2, 3)));
    Value places = to.input("places", Type.of(Shape.of(2, 3), DType.INT64));
    ScatterElements scatter = new ScatterElements(1, ScatterReduction.REPLACE);
    Value flat = to.emit(scatter, List.of(x, places, x)).get(0);
    Graph graph = to.build(to.emit(ALL, List.of(flat)));
    assertThatThrownBy(() -> GradientGraph.of(graph, graph.outputs().get(0), List.of(x)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("no gradient through ScatterElements");
    assertThatThrownBy(() -> GradientGraph.of(graph, flat, List.of(x)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("one float number");
  }

  @Test
  void free_sizes_and_second_gradients_of_products_are_refused() {
    GraphBuilder to = Graph.builder();
    Value x = to.input("x", Type.float32(Shape.of(Dim.symbol("N"), Dim.of(3))));
    Graph free = to.build(to.emit(ALL, List.of(x)));
    assertThatThrownBy(() -> GradientGraph.of(free, free.outputs().get(0), List.of(x)))
        .hasMessageContaining("bind the sizes");
    GraphBuilder other = Graph.builder();
    Value y = other.input("y", Type.float32(Shape.of(3)));
    Graph product = other.build(other.emit(new ReduceProd(List.of(), false), List.of(y)));
    Graph once = GradientGraph.of(product, product.outputs().get(0), List.of(y)).graph();
    assertThat(run(once, List.of(Tensor.of(Shape.of(3), 0, 2, 3))).get(1).toDoubles())
        .containsExactly(6, 0, 0);
    Graph twice = weighed(once);
    assertThatThrownBy(
            () -> GradientGraph.of(twice, twice.outputs().get(0), twice.inputs().subList(0, 1)))
        .hasMessageContaining("ProductOfOthers");
  }

  @Test
  void a_function_that_jumps_has_slope_zero_between() {
    GraphBuilder to = Graph.builder();
    Value x = to.input("x", Type.float32(Shape.of(2)));
    Graph graph = to.build(to.emit(ALL, to.emit(new Floor(), List.of(x))));
    Graph step = GradientGraph.of(graph, graph.outputs().get(0), List.of(x)).graph();
    assertThat(run(step, List.of(Tensor.of(Shape.of(2), 0.5f, 1.5f))).get(1).toDoubles())
        .containsExactly(0, 0);
  }

  /** Mutation: every member that is equal to the largest. */
  @Test
  void the_first_of_equal_members_gets_all_and_so_does_a_nan() {
    GraphBuilder to = Graph.builder();
    Value x = to.input("x", Type.float32(Shape.of(2, 3)));
    Value largest = to.emit(new ReduceMax(List.of(1), false), List.of(x)).get(0);
    Graph graph = to.build(to.emit(ALL, List.of(largest)));
    Graph step = GradientGraph.of(graph, graph.outputs().get(0), List.of(x)).graph();
    Tensor at = Tensor.of(Shape.of(2, 3), 1, 2, 2, 5, Float.NaN, 7);
    assertThat(run(step, List.of(at)).get(1).toDoubles()).containsExactly(0, 1, 0, 0, 1, 0);
  }
}
