package dev.axiomml.core.pass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.norm.MaskedSoftmax;
import dev.axiomml.core.op.norm.Softmax;
import dev.axiomml.core.op.pair.Where;
import dev.axiomml.core.run.Interpreter;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KnownMasksTest {
  private static final float NEVER = Float.NEGATIVE_INFINITY;
  private static final Shape SCORES = Shape.of(2, 3, 3);

  private record Case(String title, BiFunction<Draft, Value, Value> steps) {
    @Override
    public String toString() {
      return title;
    }
  }

  private static Graph graph(Type input, BiFunction<Draft, Value, Value> steps) {
    GraphBuilder to = Graph.builder();
    Value x = to.input("x", input);
    return to.build(List.of(steps.apply(new Draft(new ConstantFolding(to)), x)));
  }

  private static Tensor run(Graph graph) {
    Tensor x = Tensor.random(SCORES, 8, -3, 3);
    return graph.read(List.of(x), new Interpreter()).get(0).tensor();
  }

  private static Value added(Draft d, Value x, float... mask) {
    Value constant = d.to().constant(Tensor.of(Shape.of(mask.length / 3, 3), mask));
    return d.op(new Softmax(-1), d.add(x, constant));
  }

  private static Value chosen(Draft d, Value x, float otherwise) {
    Tensor seen = Tensor.ofIntegers(Shape.of(3, 3), DType.BOOL, 1, 0, 0, 1, 1, 0, 1, 1, 1);
    return d.op(new Softmax(2), d.op(new Where(), d.to().constant(seen), x, d.number(otherwise)));
  }

  static Stream<Case> masks() {
    return Stream.of(
        new Case("causal", (d, x) -> added(d, x, 0, NEVER, NEVER, 0, 0, NEVER, 0, 0, 0)),
        new Case("one row for all", (d, x) -> added(d, x, 0, NEVER, 0)),
        new Case("chosen", (d, x) -> chosen(d, x, NEVER)));
  }

  @ParameterizedTest
  @MethodSource("masks")
  void a_known_mask_is_read_as_what_it_shows(Case masked) {
    Graph before = graph(Type.float32(SCORES), masked.steps());
    Graph after = Pass.checked(KnownMasks::apply, before).graph();
    assertThat(after.nodes()).anyMatch(node -> node.op() instanceof MaskedSoftmax);
    assertThat(run(after)).isEqualTo(run(before));
    assertThat(run(UnrollComposites.apply(after).graph())).isEqualTo(run(before));
  }

  static Stream<Case> others() {
    return Stream.of(
        new Case("a row of which nothing is seen", (d, x) -> added(d, x, NEVER, NEVER, NEVER)),
        new Case("a bias beside", (d, x) -> added(d, x, 0, NEVER, 0.5f)),
        new Case("nothing hidden", (d, x) -> added(d, x, 0, 0, 0)),
        new Case("another number", (d, x) -> chosen(d, x, -9)),
        new Case(
            "another axis",
            (d, x) -> {
              Value mask = d.to().constant(Tensor.of(Shape.of(3), 0, NEVER, 0));
              return d.op(new Softmax(1), d.add(x, mask));
            }));
  }

  @ParameterizedTest
  @MethodSource("others")
  void everything_else_stays(Case other) {
    Graph before = graph(Type.float32(SCORES), other.steps());
    Graph after = KnownMasks.apply(before).graph();
    assertThat(after.nodes()).noneMatch(node -> node.op() instanceof MaskedSoftmax);
  }

  @Test
  void a_graph_of_free_sizes_stays() {
    Type free = Type.float32(Shape.of(Dim.symbol("N"), Dim.of(3), Dim.of(3)));
    Graph before = graph(free, (d, x) -> added(d, x, 0, NEVER, 0));
    assertThat(KnownMasks.apply(before).graph().nodes()).hasSameSizeAs(before.nodes());
    assertThat(KnownMasks.apply(before).graph().nodes())
        .noneMatch(node -> node.op() instanceof MaskedSoftmax);
  }
}
