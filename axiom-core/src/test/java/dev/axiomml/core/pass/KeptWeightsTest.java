package dev.axiomml.core.pass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.KnownValue;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.linear.Dense;
import dev.axiomml.core.op.linear.MatMul;
import dev.axiomml.core.op.move.Permute;
import dev.axiomml.core.op.pair.Add;
import dev.axiomml.core.op.pair.Cast;
import dev.axiomml.core.op.pair.Mul;
import dev.axiomml.core.run.Interpreter;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What follows from weights while a graph is made, and what the passes make of it. */
class KeptWeightsTest {
  private final GraphBuilder to = Graph.builder();
  private final ConstantFolding folding = ConstantFolding.keepingWeights(to);
  private final Value a = folding.parameter(new Parameter("a", Tensor.of(Shape.of(2), 1, 2)));
  private final Value b = folding.parameter(new Parameter("b", Tensor.of(Shape.of(2), 3, 4)));
  private final Value two = folding.constant(Tensor.of(Shape.of(2), 2, 2));

  private static boolean isPinned(Graph graph, String name) {
    return graph.constants().keySet().stream()
        .flatMap(value -> graph.parameter(value).stream())
        .anyMatch(weight -> weight.name().equals(name) && weight.isPinned());
  }

  private static List<String> ops(Graph graph) {
    return graph.nodes().stream().map(node -> node.op().title()).toList();
  }

  @Test
  void floats_of_weights_are_nodes_whose_numbers_are_known() {
    Value sum = folding.one(new Add(), List.of(a, b));
    Value twice = folding.one(new Mul(), List.of(sum, two));

    assertThat(folding.known(twice).isKnown()).isTrue();
    assertThat(folding.known(twice).constant()).isEmpty();
    Graph untouched = to.build(List.of(twice, a, b));
    assertThat(ops(untouched)).containsExactly("Add", "Mul");
    assertThat(isPinned(untouched, "a")).isFalse();
    assertThat(untouched.isKnown(untouched.outputs().get(0))).isTrue();
    assertThat(untouched.layers()).isEmpty();
    assertThat(untouched.parameters(untouched.nodes().get(1)))
        .extracting(Parameter::name)
        .containsExactly("a", "b");
  }

  @Test
  void numbers_that_are_asked_for_hold_the_weights_behind_them() {
    Value sum = folding.one(new Add(), List.of(a, two));
    assertThat(folding.known(sum).tensor()).contains(Tensor.of(Shape.of(2), 3, 4));
    Graph graph = to.build(List.of(sum, b));
    assertThat(isPinned(graph, "a")).isTrue();
    assertThat(isPinned(graph, "b")).isFalse();
  }

  @Test
  void a_trial_holds_nothing() {
    Value sum = folding.one(new Add(), List.of(a, b));
    assertThat(folding.tried(sum)).contains(Tensor.of(Shape.of(2), 4, 6));
    assertThat(isPinned(to.build(List.of(sum)), "a")).isFalse();
  }

  @Test
  void constants_are_computed_and_so_are_whole_numbers_which_hold_their_weights() {
    Value four = folding.one(new Mul(), List.of(two, two));
    Value whole = folding.one(new Cast(DType.INT64), List.of(b));
    assertThat(folding.known(four).constant()).contains(Tensor.of(Shape.of(2), 4, 4));
    assertThat(folding.known(whole).constant()).contains(Tensor.ofLongs(Shape.of(2), 3, 4));
    Graph graph = to.build(List.of(four, whole, a, b));
    assertThat(graph.nodes()).isEmpty();
    assertThat(isPinned(graph, "b")).isTrue();
    assertThat(isPinned(graph, "a")).isFalse();
  }

  @Test
  void a_weight_with_its_axes_moved_is_still_that_weight() {
    Value w = folding.parameter(new Parameter("w", Tensor.random(Shape.of(2, 3), 1, -1, 1)));
    Value turned = folding.one(Permute.of(1, 0), List.of(w));
    assertThat(to.parameterOf(turned)).map(Parameter::name).contains("w");
    assertThat(folding.known(turned)).isInstanceOf(KnownValue.OfWeights.class);
  }

  @Test
  void an_operator_that_has_no_gradient_is_what_it_stands_for() {
    Value same = folding.one(new Cast(DType.FLOAT32), List.of(a));
    assertThat(same).isEqualTo(a);
  }

  @Test
  void axes_of_a_computed_weight_are_moved_on_its_side_alone() {
    Value x = to.input("x", Type.float32(Shape.of(3, 3)));
    Value w = folding.parameter(new Parameter("w", Tensor.random(Shape.of(3, 3), 1, -1, 1)));
    Value square = folding.one(new MatMul(), List.of(w, w));
    Value turned = folding.one(Permute.of(1, 0), List.of(square));
    Value y = folding.one(new Add(), List.of(x, turned));

    Graph graph = CancelPermutes.apply(to.build(List.of(y))).graph();

    assertThat(graph.layers()).extracting(Node::op).containsExactly(new Add());
    assertThat(ops(FoldConstants.ofWeights(graph).graph())).containsExactly("Add");
  }

  @Test
  void a_computed_bias_becomes_the_layer_s() {
    Value x = to.input("x", Type.float32(Shape.of(5, 2)));
    Value w = folding.parameter(new Parameter("w", Tensor.random(Shape.of(2, 2), 1, -1, 1)));
    Value square = folding.one(new MatMul(), List.of(w, w));
    Value turned = folding.one(Permute.of(1, 0), List.of(square));
    Value scaled = folding.one(new Mul(), List.of(turned, turned));
    Value bias = folding.one(new Add(), List.of(a, b));
    Value dense = folding.one(new MatMul(), List.of(x, scaled));
    Value y = folding.one(new Add(), List.of(dense, bias));

    Graph read = to.build(List.of(y));
    Graph graph = PassPipelines.imported(read).graph();

    assertThat(graph.layers()).extracting(Node::op).containsExactly(new Dense());
    assertThat(graph.layers().get(0).in()).hasSize(3);
    Graph folded = FoldConstants.ofWeights(graph).graph();
    assertThat(folded.nodes()).hasSize(1);
    List<RuntimeValue> in = List.of(Tensor.random(Shape.of(5, 2), 2, -1, 1));
    assertThat(graph.read(in, new Interpreter())).isEqualTo(read.read(in, new Interpreter()));
    assertThat(folded.read(in, new Interpreter())).isEqualTo(graph.read(in, new Interpreter()));
  }
}
