package dev.axiomml.core.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.linear.Einsum;
import dev.axiomml.core.op.linear.MatMul;
import dev.axiomml.core.op.move.Concat;
import dev.axiomml.core.op.move.Expand;
import dev.axiomml.core.op.move.Pad;
import dev.axiomml.core.op.move.PadBy;
import dev.axiomml.core.op.move.Permute;
import dev.axiomml.core.op.move.Reshape;
import dev.axiomml.core.op.move.Slice;
import dev.axiomml.core.op.move.Tile;
import dev.axiomml.core.op.reduce.ReduceMean;
import dev.axiomml.core.op.scalar.Relu;
import dev.axiomml.core.op.window.AdaptiveAveragePool;
import dev.axiomml.core.op.window.AdaptiveMaxPool;
import dev.axiomml.core.pass.CancelPermutes;
import dev.axiomml.core.pass.FoldConstants;
import dev.axiomml.core.run.Interpreter;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.testing.OpSamples;
import dev.axiomml.testing.OpSamples.OpSample;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What operators become once something is known. */
class GivenTest {
  private static final long SEED = 53;

  static Stream<OpSample> samples() {
    return OpSamples.all().stream();
  }

  private static Graph graph(OpSample sample) {
    GraphBuilder b = Graph.builder();
    List<Value> in = new ArrayList<>();
    sample.in().forEach(shape -> in.add(b.input("x", Type.float32(shape))));
    return b.build(b.emit(sample.op(), in));
  }

  private static void same(Graph before, Graph after, List<Tensor> in) {
    List<Tensor> expected = run(before, in);
    List<Tensor> actual = run(after, in);
    for (int out = 0; out < expected.size(); out++) {
      assertThat(actual.get(out).type()).isEqualTo(expected.get(out).type());
      for (int i = 0; i < expected.get(out).size(); i++) {
        double wanted = expected.get(out).doubleAt(i);
        assertThat(actual.get(out).doubleAt(i))
            .as("seed %s", SEED)
            .isCloseTo(wanted, within(2e-5 * Math.max(1, Math.abs(wanted))));
      }
    }
  }

  private static List<Tensor> run(Graph graph, List<Tensor> in) {
    return graph.read(new ArrayList<>(in), new Interpreter()).stream()
        .map(datum -> datum.tensor())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void what_an_operator_becomes_computes_the_same(OpSample sample) {
    Graph before = graph(sample);
    same(before, FoldConstants.apply(before).graph(), sample.inputs(SEED));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void what_it_becomes_beside_a_known_operand_computes_the_same(OpSample sample) {
    List<Tensor> in = sample.inputs(SEED);
    for (int known = 0; known < in.size() && in.size() > 1; known++) {
      GraphBuilder b = Graph.builder();
      List<Value> values = new ArrayList<>();
      List<Tensor> given = new ArrayList<>();
      for (int i = 0; i < in.size(); i++) {
        boolean constant = i == known;
        values.add(constant ? b.constant(in.get(i)) : b.input("x" + i, in.get(i).type()));
        given.addAll(constant ? List.of() : List.of(in.get(i)));
      }
      Graph before = b.build(b.emit(sample.op(), values));
      same(before, FoldConstants.apply(before).graph(), given);
    }
  }

  private static List<String> folded(Op op, Shape in) {
    return FoldConstants.apply(graph(new OpSample(op, List.of(in)))).graph().nodes().stream()
        .map(node -> node.op().title())
        .toList();
  }

  @Test
  void steps_that_do_nothing_vanish() {
    Shape in = Shape.of(2, 3, 4);
    List<Op> nothing =
        List.of(
            new Concat(1),
            new Slice(1, Dim.ZERO, Dim.of(3), 1),
            new Pad(List.of(0, 0, 0), List.of(0, 0, 0), 5),
            new PadBy(List.of(0, 0, 0), List.of(0, 0, 0), PadBy.Mode.EDGE),
            new Expand(Shape.of(3, 1)),
            new Tile(List.of(1, 1, 1)),
            new Reshape(in),
            Permute.of(0, 1, 2));
    assertThat(nothing).allSatisfy(op -> assertThat(folded(op, in)).isEmpty());
  }

  @Test
  void steps_that_do_something_stay() {
    Shape in = Shape.of(2, 3, 4);
    assertThat(folded(Slice.of(1, 0, 2), in)).containsExactly("Slice");
    assertThat(folded(Slice.flip(1, Dim.of(3)), in)).containsExactly("Slice");
    assertThat(folded(new Expand(Shape.of(2, 2, 3, 4)), in)).containsExactly("Expand");
    assertThat(folded(Permute.of(0, 2, 1), in)).containsExactly("Permute");
  }

  @Test
  void even_adaptive_pools_are_ordinary_ones() {
    assertThat(folded(new AdaptiveAveragePool(List.of(2, 1)), Shape.of(1, 4, 3, 2)))
        .containsExactly("AveragePool");
    assertThat(folded(new AdaptiveMaxPool(List.of(2, 1)), Shape.of(1, 4, 3, 2)))
        .containsExactly("MaxPool");
    assertThat(folded(new AdaptiveMaxPool(List.of(3, 1)), Shape.of(1, 4, 3, 2)))
        .containsExactly("AdaptiveMaxPool");
  }

  @Test
  void one_known_matrix_on_the_right_makes_a_dense_layer() {
    assertThat(besides(new MatMul(), Shape.of(2, 5, 3), 1, Shape.of(3, 4)))
        .containsExactly("Dense");
    assertThat(besides(new MatMul(), Shape.of(2, 5, 3), 1, Shape.of(2, 3, 4)))
        .containsExactly("MatMul");
    assertThat(besides(new MatMul(), Shape.of(2, 5, 3), 0, Shape.of(4, 5)))
        .containsExactly("MatMul");
    assertThat(besides(new Einsum("bij,kj->bik"), Shape.of(2, 5, 3), 1, Shape.of(4, 3)))
        .containsExactly("Dense");
  }

  @Test
  void an_einsum_of_matrices_is_a_matrix_product() {
    GraphBuilder b = Graph.builder();
    Value x = b.input("x", Type.float32(Shape.of(2, 5, 4, 3)));
    Value y = b.input("y", Type.float32(Shape.of(2, 6, 4, 3)));
    Graph before = b.build(b.emit(new Einsum("bihd,bjhd->bhij"), List.of(x, y)));
    Graph after = FoldConstants.apply(before).graph();
    assertThat(after.nodes().stream().map(node -> node.op().title()).toList())
        .containsExactly("Permute", "Permute", "MatMul");
    List<Tensor> in =
        List.of(
            Tensor.random(Shape.of(2, 5, 4, 3), SEED, -1, 1),
            Tensor.random(Shape.of(2, 6, 4, 3), SEED + 1, -1, 1));
    same(before, after, in);
  }

  private static List<String> besides(Op op, Shape in, int side, Shape known) {
    GraphBuilder b = Graph.builder();
    Value x = b.input("x", Type.float32(in));
    Value w = b.constant(Tensor.random(known, SEED, -1, 1));
    Graph graph = b.build(b.emit(op, side == 0 ? List.of(w, x) : List.of(x, w)));
    return FoldConstants.apply(graph).graph().nodes().stream()
        .map(node -> node.op().title())
        .toList();
  }

  @Test
  void permutes_pass_through_concat_slice_pad_reduce_and_reshape() {
    GraphBuilder b = Graph.builder();
    Value x = b.input("x", Type.float32(Shape.of(2, 3, 4, 5)));
    Value file = b.one(Permute.of(0, 3, 1, 2), List.of(b.one(new Relu(), List.of(x))));
    Value cut = b.one(Slice.of(1, 1, 3), List.of(file));
    Value both = b.one(new Concat(1), List.of(file, cut));
    Value wide = b.one(new Pad(List.of(0, 0, 1, 1), List.of(0, 0, 1, 1), 0), List.of(both));
    Value flat = b.one(new Reshape(Shape.of(2, 8, 30)), List.of(wide));
    Graph before = b.build(b.emit(new ReduceMean(List.of(2), false), List.of(flat)));
    Graph after = CancelPermutes.apply(before).graph();
    assertThat(after.nodes().stream().map(node -> node.op().title()).toList())
        .containsExactly("Relu", "Slice", "Concat", "Pad", "Reshape", "ReduceMean");
    same(before, after, List.of(Tensor.random(Shape.of(2, 3, 4, 5), SEED, -1, 1)));
  }

  @Test
  void an_einsum_of_three_values_is_two_of_two() {
    GraphBuilder b = Graph.builder();
    Value x = b.input("x", Type.float32(Shape.of(2, 3)));
    Value y = b.input("y", Type.float32(Shape.of(3, 4)));
    Value z = b.input("z", Type.float32(Shape.of(4)));
    Graph graph = b.build(List.of(Einsum.emit("ij,jk,k->i", b, List.of(x, y, z))));
    Tensor answer =
        run(
                graph,
                List.of(
                    Tensor.of(Shape.of(2, 3), 1, 2, 3, 4, 5, 6),
                    Tensor.of(Shape.of(3, 4), 1, 0, 0, 2, 0, 1, 0, 0, 0, 0, 1, 0),
                    Tensor.of(Shape.of(4), 1, 10, 100, 1000)))
            .get(0);
    assertThat(answer.toFloats()).containsExactly(2321, 8654);
  }
}
