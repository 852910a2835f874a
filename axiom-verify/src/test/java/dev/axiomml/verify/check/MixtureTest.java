package dev.axiomml.verify.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.op.Box;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.pair.Add;
import dev.axiomml.core.op.pair.Mul;
import dev.axiomml.core.op.pair.Sub;
import dev.axiomml.core.op.recurrent.Gru;
import dev.axiomml.core.op.recurrent.RecurrentForm;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.testing.Nets;
import dev.axiomml.verify.bound.BoundDomain;
import dev.axiomml.verify.bound.GraphBounds;
import dev.axiomml.verify.bound.PreparedGraph;
import dev.axiomml.verify.bound.RoundingModel;
import dev.axiomml.verify.check.integer.CheckedRanges;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What lies between two values because it mixes them: the search's boxes and the checker's. */
class MixtureTest {
  /** How the weight w, a and b are mixed, and the same in float32. */
  record Form(String name, Function<Parts, Value> graph, Run run) {
    @Override
    public String toString() {
      return name;
    }
  }

  record Parts(GraphBuilder to, Value one, Value w, Value a, Value b) {
    Value add(Value x, Value y) {
      return to.add("add", new Add(), List.of(x, y)).get(0);
    }

    Value mul(Value x, Value y) {
      return to.add("mul", new Mul(), List.of(x, y)).get(0);
    }

    Value sub(Value x, Value y) {
      return to.add("sub", new Sub(), List.of(x, y)).get(0);
    }
  }

  interface Run {
    float of(float w, float a, float b);
  }

  static Stream<Form> forms() {
    return Stream.of(
        new Form(
            "(1-w)a + wb",
            p -> p.add(p.mul(p.sub(p.one, p.w), p.a), p.mul(p.w, p.b)),
            (w, a, b) -> (1 - w) * a + w * b),
        new Form(
            "bw + a(1-w)",
            p -> p.add(p.mul(p.b, p.w), p.mul(p.a, p.sub(p.one, p.w))),
            (w, a, b) -> b * w + a * (1 - w)),
        new Form(
            "a + w(b-a)",
            p -> p.add(p.a, p.mul(p.w, p.sub(p.b, p.a))),
            (w, a, b) -> a + w * (b - a)),
        new Form(
            "(b-a)w + a",
            p -> p.add(p.mul(p.sub(p.b, p.a), p.w), p.a),
            (w, a, b) -> (b - a) * w + a));
  }

  private static Graph graph(Function<Parts, Value> form, float one, Shape weight) {
    GraphBuilder to = Graph.builder();
    Value w = to.input("w", Type.float32(weight));
    Value a = to.input("a", Type.float32(Shape.of(1, 2)));
    Value b = to.input("b", Type.float32(Shape.of(1, 2)));
    Value known = to.constant(Tensor.scalar(one));
    return to.build(List.of(form.apply(new Parts(to, known, w, a, b))));
  }

  private static Box box(int size, double lo, double hi) {
    Box box = new Box(new double[size], new double[size]);
    Arrays.fill(box.lo(), lo);
    Arrays.fill(box.hi(), hi);
    return box;
  }

  /** The first element's interval, by the search and by the checker. */
  private static List<double[]> intervals(Graph graph, List<Box> in) {
    Box shown =
        GraphBounds.intervals(PreparedGraph.of(graph), RoundingModel.FLOAT32, BoundDomain.of(in))
            .box(graph.outputs().get(0));
    Box checked = new CheckedRanges(graph, in, false).box().orElseThrow();
    return Stream.of(shown, checked).map(y -> new double[] {y.lo()[0], y.hi()[0]}).toList();
  }

  @ParameterizedTest
  @MethodSource("forms")
  void lies_between_both_values(Form form) {
    Graph graph = graph(form.graph, 1, Shape.of(1, 2));
    for (double[] y : intervals(graph, List.of(box(2, 0, 1), box(2, -1, 0.5), box(2, -0.25, 1)))) {
      assertThat(y[0]).isBetween(-1 - 1e-6, -1.0);
      assertThat(y[1]).isBetween(1.0, 1 + 1e-6);
    }
  }

  /** Mutation: no rounding. */
  @ParameterizedTest
  @MethodSource("forms")
  void executions_that_round_beyond_both_values_stay_inside(Form form) {
    Graph graph = graph(form.graph, 1, Shape.of(1, 2));
    Random random = new Random(5);
    int beyond = 0;
    for (int k = 0; k < 300; k++) {
      float a = (float) Math.scalb(1 + random.nextDouble(), random.nextInt(40) - 20);
      float b = form.name.contains("-a") ? -a * random.nextFloat() : a;
      for (double[] bound : intervals(graph, List.of(box(2, 0, 1), box(2, a, a), box(2, b, b)))) {
        beyond += beyond(form, new float[] {a, b}, bound, random);
      }
    }
    assertThat(beyond).isPositive();
  }

  /** How many executions leave what lies between a and b; none leaves the bound. */
  private static int beyond(Form form, float[] ab, double[] bound, Random random) {
    float low = Math.min(ab[0], ab[1]);
    float high = Math.max(ab[0], ab[1]);
    int beyond = 0;
    for (int i = 0; i < 100; i++) {
      boolean near = form.name.contains("-a");
      float w = near ? 1 - random.nextInt(3) * 0x1p-24f : random.nextFloat();
      float y = form.run.of(w, ab[0], ab[1]);
      beyond += y > high || y < low ? 1 : 0;
      assertThat(!(bound[0] <= y && y <= bound[1])).as("%s of %s and %s", y, w, ab).isFalse();
    }
    return beyond;
  }

  /** Mutation: a weight that is not looked at. */
  @ParameterizedTest
  @MethodSource("forms")
  void does_not_lie_between_them_where_the_weight_goes_beyond_one(Form form) {
    Graph graph = graph(form.graph, 1, Shape.of(1, 2));
    for (double[] y : intervals(graph, List.of(box(2, 0, 2), box(2, 1, 1), box(2, -1, -1)))) {
      assertThat(y[0]).isLessThanOrEqualTo(form.run.of(2, 1, -1));
    }
    for (double[] y : intervals(graph, List.of(box(2, -1, 1), box(2, 1, 1), box(2, -1, -1)))) {
      assertThat(y[1]).isGreaterThanOrEqualTo(form.run.of(-1, 1, -1));
    }
  }

  /** Mutation: any constant taken for one. */
  @Test
  void does_not_lie_between_them_where_the_weights_sum_to_two() {
    Graph graph = graph(forms().findFirst().orElseThrow().graph, 2, Shape.of(1, 2));
    for (double[] y : intervals(graph, List.of(box(2, 0, 1), box(2, 1, 1), box(2, 1, 1)))) {
      assertThat(y[1]).isGreaterThanOrEqualTo(2);
    }
  }

  /** Mutation: another weight taken for the same. */
  @Test
  void does_not_lie_between_them_where_the_weights_are_two() {
    Graph graph =
        graph(p -> p.add(p.mul(p.sub(p.one, p.a), p.b), p.mul(p.w, p.b)), 1, Shape.of(1, 2));
    for (double[] y : intervals(graph, List.of(box(2, 0, 1), box(2, 0, 1), box(2, 1, 1)))) {
      assertThat(y[1]).isGreaterThanOrEqualTo(2);
    }
  }

  /** Mutation: its parts without the fact, which grow from step to step. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_grus_states_stay_between_minus_one_and_one(boolean resetAfter) {
    Parameter input = new Parameter("w", Tensor.random(Shape.of(2, 9), 3, -3, 3));
    Parameter state = new Parameter("r", Tensor.random(Shape.of(3, 9), 4, -3, 3));
    Gru gru = new Gru(new RecurrentForm(false, false), resetAfter);
    Model<Output> model = Nets.from(20, 2).then("gru", gru, input, state).model();
    BothSides.assertProved(
        model, "∀x ∈ [-100,100]. max(output) <= 1.00001 and min(output) >= -1.00001");
  }

  @Test
  void one_weight_for_several_elements_is_no_mixture_that_is_known() {
    Graph graph = graph(forms().findFirst().orElseThrow().graph, 1, Shape.of(1, 1));
    for (double[] y : intervals(graph, List.of(box(1, 0, 1), box(2, 1, 1), box(2, 1, 1)))) {
      assertThat(y[1]).isGreaterThan(1.5);
    }
  }
}
