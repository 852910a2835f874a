package dev.axiomml.core.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.linear.Dense;
import dev.axiomml.core.op.linear.MatMul;
import dev.axiomml.core.op.norm.LayerNorm;
import dev.axiomml.core.op.pair.Div;
import dev.axiomml.core.op.pair.Pow;
import dev.axiomml.core.op.pair.Sub;
import dev.axiomml.core.op.reduce.ReduceMean;
import dev.axiomml.core.op.scalar.Clip;
import dev.axiomml.core.op.scalar.Erf;
import dev.axiomml.core.op.scalar.HardSigmoid;
import dev.axiomml.core.op.scalar.Reciprocal;
import dev.axiomml.core.op.scalar.Sigmoid;
import dev.axiomml.core.op.scalar.Softplus;
import dev.axiomml.core.op.scalar.Sqrt;
import dev.axiomml.core.op.scalar.Tanh;
import dev.axiomml.core.run.Interpreter;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FuseTest {
  private static final long SEED = 17;
  private static final Shape SHAPE = Shape.of(3, 5);

  private record Case(String title, BiFunction<Draft, Value, Value> steps) {
    @Override
    public String toString() {
      return title;
    }
  }

  private static Graph graph(BiFunction<Draft, Value, Value> steps) {
    GraphBuilder to = Graph.builder();
    Value x = to.input("x", Type.float32(SHAPE));
    return to.build(List.of(steps.apply(new Draft(new ConstantFolding(to)), x)));
  }

  private static List<String> titles(Graph graph) {
    return graph.nodes().stream().map(node -> node.op().title()).toList();
  }

  private static Tensor run(Graph graph) {
    Tensor x = Tensor.random(SHAPE, SEED, -4, 4);
    return graph.read(List.of(x), new Interpreter()).get(0).tensor();
  }

  private static Value erf(Draft d, Value x) {
    return d.plus(d.op(new Erf(), d.div(x, Math.sqrt(2))), 1);
  }

  private static Value bent(Draft d, Value x) {
    Value cube = d.op(new Pow(), x, d.number(3));
    return d.op(new Tanh(), d.mul(d.add(x, d.mul(cube, 0.044715)), Math.sqrt(2 / Math.PI)));
  }

  private static Value relu6(Draft d, Value x) {
    return d.op(new Clip(0, 6), d.plus(x, 3));
  }

  private static Value centred(Draft d, Value x) {
    return d.op(new Sub(), x, d.mean(x));
  }

  private static Value root(Draft d, Value x, double epsilon) {
    return d.op(new Sqrt(), d.plus(d.mean(d.op(new Pow(), x, d.number(2))), epsilon));
  }

  private static Value normed(Draft d, Value x) {
    Value centred = centred(d, x);
    return d.op(new Div(), centred, root(d, centred, 1e-5));
  }

  static Stream<Case> whole() {
    return Stream.of(gates(), hard(), norms(), dense()).flatMap(s -> s);
  }

  private static Stream<Case> gates() {
    return Stream.of(
        new Case("Gelu", (d, x) -> d.mul(d.mul(x, erf(d, x)), 0.5)),
        new Case("Gelu", (d, x) -> d.mul(d.mul(x, 0.5), erf(d, x))),
        new Case("Gelu", (d, x) -> d.mul(d.mul(erf(d, x), 0.5), x)),
        new Case(
            "Gelu",
            (d, x) -> d.div(d.mul(x, d.plus(d.op(new Erf(), d.mul(x, Math.sqrt(0.5))), 1)), 2)),
        new Case("GeluTanh", (d, x) -> d.mul(d.mul(x, 0.5), d.plus(bent(d, x), 1))),
        new Case(
            "GeluTanh",
            (d, x) -> {
              Value line = d.plus(d.mul(d.mul(x, x), 0.044715), 1);
              Value inner = d.mul(d.mul(x, Math.sqrt(2 / Math.PI)), line);
              return d.mul(d.mul(x, d.plus(d.op(new Tanh(), inner), 1)), 0.5);
            }),
        new Case("Silu", (d, x) -> d.mul(x, d.op(new Sigmoid(), x))),
        new Case("Silu", (d, x) -> d.mul(d.op(new Sigmoid(), x), x)),
        new Case("Mish", (d, x) -> d.mul(x, d.op(new Tanh(), d.op(Softplus.smooth(), x)))));
  }

  private static Stream<Case> hard() {
    return Stream.of(
        new Case("HardSwish", (d, x) -> d.div(d.mul(x, relu6(d, x)), 6)),
        new Case("HardSwish", (d, x) -> d.mul(x, d.div(relu6(d, x), 6))),
        new Case("HardSwish", (d, x) -> d.mul(x, d.op(new HardSigmoid(1 / 6f, 0.5), x))),
        new Case("HardSigmoid", (d, x) -> d.div(relu6(d, x), 6)));
  }

  private static Stream<Case> norms() {
    return Stream.of(
        new Case("LayerNorm", FuseTest::normed),
        new Case("LayerNorm", (d, x) -> d.mul(normed(d, x), d.named("gamma", 5))),
        new Case("LayerNorm", (d, x) -> d.add(normed(d, x), d.named("beta", 5))),
        new Case(
            "LayerNorm",
            (d, x) -> d.add(d.mul(normed(d, x), d.named("gamma", 5)), d.named("beta", 1, 5))),
        new Case(
            "LayerNorm", (d, x) -> d.op(new Div(), centred(d, x), root(d, centred(d, x), 1e-5))),
        new Case(
            "RmsNorm",
            (d, x) ->
                d.mul(d.mul(x, d.op(new Reciprocal(), root(d, x, 1e-6))), d.named("weight", 5))));
  }

  private static Stream<Case> dense() {
    return Stream.of(
        new Case(
            "Dense",
            (d, x) ->
                d.add(d.op(new MatMul(), x, d.named("fc.weight", 5, 4)), d.named("fc.bias", 4))),
        new Case(
            "Dense",
            (d, x) ->
                d.add(d.named("fc.bias", 4), d.op(new MatMul(), x, d.named("fc.weight", 5, 4)))));
  }

  @ParameterizedTest
  @MethodSource("whole")
  void steps_become_one_operator_that_computes_the_same(Case whole) {
    Graph before = graph(whole.steps());
    Graph after = Pass.checked(FuseOperators::apply, before).graph();
    assertThat(titles(after)).containsExactly(whole.title());
    Tensor expected = run(before);
    Tensor actual = run(after);
    for (int i = 0; i < expected.size(); i++) {
      double scale = Math.max(1, Math.abs(expected.doubleAt(i)));
      assertThat(actual.doubleAt(i)).isCloseTo(expected.doubleAt(i), within(4e-6 * scale));
    }
  }

  static Stream<Case> near() {
    return Stream.concat(nearGates(), nearLayers());
  }

  private static Stream<Case> nearGates() {
    return Stream.of(
        new Case("another slope", (d, x) -> d.mul(x, d.op(new Sigmoid(), d.mul(x, 1.702)))),
        new Case("another value", (d, x) -> d.mul(x, d.op(new Sigmoid(), d.mul(x, -1)))),
        new Case("another half", (d, x) -> d.mul(d.mul(x, erf(d, x)), 0.501)),
        new Case(
            "another root",
            (d, x) -> d.mul(d.mul(x, d.plus(d.op(new Erf(), d.div(x, 1.4)), 1)), 0.5)),
        new Case("another seat", (d, x) -> d.mul(x, d.div(d.op(new Clip(0, 5), d.plus(x, 3)), 6))));
  }

  private static Stream<Case> nearLayers() {
    return Stream.of(
        new Case(
            "another axis",
            (d, x) -> {
              Value mean = d.op(new ReduceMean(List.of(0), true), x);
              Value centred = d.op(new Sub(), x, mean);
              Value square = d.op(new Pow(), centred, d.number(2));
              Value variance = d.op(new ReduceMean(List.of(0), true), square);
              return d.op(new Div(), centred, d.op(new Sqrt(), d.plus(variance, 1e-5)));
            }),
        new Case(
            "factors a row",
            (d, x) -> d.mul(d.op(new LayerNorm(1, 1e-5), x), d.named("gamma", 3, 1))),
        new Case(
            "offsets a row",
            (d, x) -> d.add(d.op(new MatMul(), x, d.named("weight", 5, 4)), d.named("bias", 3, 4))),
        new Case(
            "factors behind offsets",
            (d, x) ->
                d.mul(
                    d.op(new LayerNorm(1, 1e-5), x, d.named("one", 5), d.named("b", 5)),
                    d.named("gamma", 5))));
  }

  @ParameterizedTest
  @MethodSource("near")
  void what_only_looks_like_it_stays(Case near) {
    Graph before = graph(near.steps());
    assertThat(titles(FuseOperators.apply(before).graph())).isEqualTo(titles(before));
    assertThat(run(FuseOperators.apply(before).graph())).isEqualTo(run(before));
  }

  @Test
  void steps_whose_results_are_read_elsewhere_stay() {
    Graph twice =
        graph(
            (d, x) -> {
              Value gate = d.op(new Sigmoid(), x);
              return d.add(d.mul(x, gate), gate);
            });
    assertThat(titles(FuseOperators.apply(twice).graph())).isEqualTo(titles(twice));
    GraphBuilder to = Graph.builder();
    Draft d = new Draft(new ConstantFolding(to));
    Value x = to.input("x", Type.float32(SHAPE));
    Value gate = d.op(new Sigmoid(), x);
    Graph shown = to.build(List.of(d.mul(x, gate), gate));
    assertThat(titles(FuseOperators.apply(shown).graph())).isEqualTo(titles(shown));
  }

  @Test
  void a_product_that_is_read_elsewhere_keeps_its_sum_apart() {
    Graph graph =
        graph(
            (d, x) -> {
              Value y = d.op(new MatMul(), x, d.named("weight", 5, 4));
              return d.add(d.add(y, d.named("bias", 4)), y);
            });
    assertThat(titles(FuseOperators.apply(graph).graph())).isEqualTo(titles(graph));
  }

  @Test
  void factors_keep_their_names_and_the_layer_its_own() {
    Graph graph =
        FuseOperators.apply(
                graph(
                    (d, x) ->
                        d.add(
                            d.op(new MatMul(), x, d.named("fc.weight", 5, 4)),
                            d.named("fc.bias", 4))))
            .graph();
    assertThat(graph.nodes().get(0).op()).isInstanceOf(Dense.class);
    assertThat(graph.parameters(graph.nodes().get(0)))
        .extracting(Parameter::name)
        .containsExactly("fc.weight", "fc.bias");
  }

  @Test
  void a_constant_that_widens_the_value_stays() {
    Graph wide =
        graph(
            (d, x) -> {
              Value one = d.to().constant(Tensor.full(Shape.of(1, 1, 1), 0.5f));
              return d.mul(d.mul(x, erf(d, x)), one);
            });
    assertThat(titles(FuseOperators.apply(wide).graph())).isEqualTo(titles(wide));
  }
}
