package dev.axiomml.core.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.linear.MatMul;
import dev.axiomml.core.op.move.Dropout;
import dev.axiomml.core.op.move.Permute;
import dev.axiomml.core.op.norm.Attention;
import dev.axiomml.core.op.norm.Softmax;
import dev.axiomml.core.op.pair.Logic;
import dev.axiomml.core.op.pair.Where;
import dev.axiomml.core.run.Interpreter;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FuseAttentionTest {
  private static final long SEED = 5;
  private static final double NEVER = Double.NEGATIVE_INFINITY;

  /** Two samples, four heads, three queries on six keys. */
  private static final List<Shape> SHAPES =
      List.of(Shape.of(2, 4, 3, 8), Shape.of(2, 4, 6, 8), Shape.of(2, 4, 6, 5), Shape.of(3, 6));

  @FunctionalInterface
  private interface Steps {
    Value of(Draft d, List<Value> in);
  }

  private record Case(String title, double scale, Steps steps) {
    @Override
    public String toString() {
      return title;
    }
  }

  private static Graph graph(Steps steps) {
    GraphBuilder to = Graph.builder();
    List<Value> in = new ArrayList<>();
    for (int i = 0; i < SHAPES.size(); i++) {
      in.add(to.input("qkvm".substring(i, i + 1), Type.float32(SHAPES.get(i))));
    }
    return to.build(List.of(steps.of(new Draft(new ConstantFolding(to)), in)));
  }

  private static Tensor run(Graph graph) {
    List<RuntimeValue> in = new ArrayList<>();
    SHAPES.forEach(shape -> in.add(Tensor.random(shape, SEED + in.size(), -2, 2)));
    return graph.read(in, new Interpreter()).get(0).tensor();
  }

  private static Value turned(Draft d, Value keys) {
    return d.op(Permute.of(0, 1, 3, 2), keys);
  }

  private static Value scores(Draft d, List<Value> in) {
    return d.op(new MatMul(), in.get(0), turned(d, in.get(1)));
  }

  private static Value mixed(Draft d, List<Value> in, Value seen) {
    return d.op(new MatMul(), d.op(new Softmax(-1), seen), in.get(2));
  }

  /** True for every key up to the query's own place and three more. */
  private static Value mask(Draft d) {
    long[] seen = LongStream.range(0, 18).map(i -> i % 6 <= i / 6 + 3 ? 1 : 0).toArray();
    return d.to().constant(Tensor.ofIntegers(SHAPES.get(3), DType.BOOL, seen));
  }

  static Stream<Case> whole() {
    return Stream.concat(plain(), masks());
  }

  private static Stream<Case> plain() {
    return Stream.of(
        new Case("plain", 1, (d, in) -> mixed(d, in, scores(d, in))),
        new Case("divided", 0.25, (d, in) -> mixed(d, in, d.div(scores(d, in), 4))),
        new Case(
            "factors on both operands",
            0.375,
            (d, in) -> {
              Value keys = d.mul(turned(d, in.get(1)), 0.75);
              return mixed(d, in, d.op(new MatMul(), d.mul(in.get(0), 0.5), keys));
            }),
        new Case(
            "axis counted from the front",
            1,
            (d, in) -> d.op(new MatMul(), d.op(new Softmax(3), scores(d, in)), in.get(2))));
  }

  private static Stream<Case> masks() {
    return Stream.of(
        new Case(
            "added mask",
            0.5,
            (d, in) -> mixed(d, in, d.add(d.mul(scores(d, in), 0.5), in.get(3)))),
        new Case("mask first", 1, (d, in) -> mixed(d, in, d.add(in.get(3), scores(d, in)))),
        new Case(
            "hidden scores",
            1,
            (d, in) -> {
              Value hidden = d.op(new Logic(Logic.Kind.NOT), mask(d));
              return mixed(d, in, d.op(new Where(), hidden, d.number(NEVER), scores(d, in)));
            }),
        new Case(
            "dropped shares",
            1,
            (d, in) -> {
              Value shares = d.op(new Dropout(0.25), d.op(new Softmax(-1), scores(d, in)));
              return d.op(new MatMul(), shares, in.get(2));
            }),
        new Case(
            "chosen scores",
            1,
            (d, in) -> mixed(d, in, d.op(new Where(), mask(d), scores(d, in), d.number(NEVER)))));
  }

  @ParameterizedTest
  @MethodSource("whole")
  void steps_become_attention_that_computes_the_same(Case whole) {
    Graph before = graph(whole.steps());
    Graph after = Pass.checked(FuseOperators::apply, before).graph();
    assertThat(after.nodes()).extracting(node -> node.op().title()).contains("Attention");
    Node last = after.nodes().get(after.nodes().size() - 1);
    assertThat(((Attention) last.op()).scale()).isEqualTo(whole.scale());
    double dropout = whole.title().equals("dropped shares") ? 0.25 : 0;
    assertThat(((Attention) last.op()).dropout()).isEqualTo(dropout);
    assertThat(after.nodes()).noneMatch(node -> node.op() instanceof Softmax);
    assertClose(run(after), run(before));
    assertClose(run(PassPipelines.inference(after).graph()), run(before));
  }

  private static void assertClose(Tensor actual, Tensor expected) {
    for (int i = 0; i < expected.size(); i++) {
      assertThat(actual.doubleAt(i)).isCloseTo(expected.doubleAt(i), within(2e-6));
    }
  }

  static Stream<Case> near() {
    return Stream.of(
        new Case(
            "over the queries",
            1,
            (d, in) -> d.op(new MatMul(), d.op(new Softmax(2), scores(d, in)), in.get(2))),
        new Case(
            "an endless factor",
            1,
            (d, in) -> mixed(d, in, d.mul(scores(d, in), Double.POSITIVE_INFINITY))),
        new Case(
            "another filler",
            1,
            (d, in) -> mixed(d, in, d.op(new Where(), mask(d), scores(d, in), d.number(-9)))),
        new Case(
            "shares on the right",
            1,
            (d, in) -> {
              Value shares = d.op(new Softmax(-1), turned(d, scores(d, in)));
              return d.op(new MatMul(), d.op(Permute.of(0, 1, 3, 2), in.get(2)), shares);
            }),
        new Case(
            "shares read elsewhere",
            1,
            (d, in) -> {
              Value shares = d.op(new Softmax(-1), scores(d, in));
              return d.add(d.op(new MatMul(), shares, in.get(2)), d.mean(shares));
            }));
  }

  @ParameterizedTest
  @MethodSource("near")
  void what_only_looks_like_it_stays(Case near) {
    Graph before = graph(near.steps());
    Graph after = FuseOperators.apply(before).graph();
    assertThat(after.nodes()).noneMatch(node -> node.op() instanceof Attention);
    assertThat(run(after)).isEqualTo(run(before));
  }

  @Test
  void a_query_that_looks_nowhere_is_not_a_number() {
    Tensor nowhere = Tensor.ofIntegers(SHAPES.get(3), DType.BOOL, new long[18]);
    Graph graph =
        graph(
            (d, in) -> {
              Value keys = turned(d, in.get(1));
              return d.op(new Attention(1), in.get(0), keys, in.get(2), d.to().constant(nowhere));
            });
    assertThat(run(graph).toDoubles()).containsOnly(Double.NaN);
  }
}
