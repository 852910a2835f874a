package dev.axiomml.core.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.linear.Conv;
import dev.axiomml.core.op.linear.Dense;
import dev.axiomml.core.op.move.Dropout;
import dev.axiomml.core.op.move.Permute;
import dev.axiomml.core.op.move.Reshape;
import dev.axiomml.core.op.norm.Softmax;
import dev.axiomml.core.op.pair.Add;
import dev.axiomml.core.op.pair.Mul;
import dev.axiomml.core.op.scalar.Relu;
import dev.axiomml.core.op.window.WindowGeometry;
import dev.axiomml.core.run.Interpreter;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.testing.OpSamples;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FlattenOrderTest {
  private static final Dim BATCH = Dim.symbol("N");
  private static final long SEED = 41;

  /** A convolution of an image in file order, flattened in file order; then the steps given. */
  private static Graph flattened(List<Op> steps, boolean flatToo) {
    GraphBuilder b = Graph.builder();
    Value x = b.input("x", Type.float32(Shape.of(BATCH, Dim.of(2), Dim.of(5), Dim.of(4))));
    Value image = b.one(Permute.of(0, 2, 3, 1), List.of(x));
    Conv conv = new Conv(WindowGeometry.of(List.of(2, 2)), 1);
    Value made = b.weighted(conv, image, List.of(OpSamples.weight(2, 2, 2, 3)));
    Value file = b.one(Permute.of(0, 3, 1, 2), List.of(made));
    Value flat = b.one(new Reshape(Shape.of(BATCH, Dim.of(36))), List.of(file));
    Value end = flat;
    for (Op step : steps) {
      end = b.weighted(step, end, weights(step));
    }
    List<Value> outputs = new ArrayList<>(List.of(end));
    if (flatToo) {
      outputs.add(flat);
    }
    return b.build(outputs);
  }

  /** Those of a classifier, of a product and of a sum. */
  private static List<Parameter> weights(Op step) {
    if (step instanceof Dense) {
      return List.of(OpSamples.weight(36, 4), OpSamples.weight(4));
    }
    return step instanceof Mul
        ? List.of(OpSamples.weight(1, 4))
        : step instanceof Add ? List.of(OpSamples.weight(4)) : List.of();
  }

  private static List<String> titles(Graph graph) {
    return graph.nodes().stream().map(n -> n.op().title()).toList();
  }

  private static void same(Graph before, Graph after) {
    Tensor x = Tensor.random(Shape.of(3, 2, 5, 4), SEED, -1, 1);
    Graph first = before.bind(Map.of("N", 3L)).graph();
    Graph second = after.bind(Map.of("N", 3L)).graph();
    for (int out = 0; out < before.outputs().size(); out++) {
      Tensor expected = first.read(List.of(x), new Interpreter()).get(out).tensor();
      Tensor actual = second.read(List.of(x), new Interpreter()).get(out).tensor();
      assertThat(actual.shape()).isEqualTo(expected.shape());
      for (int i = 0; i < expected.size(); i++) {
        assertThat(actual.doubleAt(i))
            .as("seed %s", SEED)
            .isCloseTo(expected.doubleAt(i), within(1e-5));
      }
    }
  }

  @Test
  void the_permutation_before_the_classifier_goes_into_its_weight() {
    Graph before = flattened(List.of(new Relu(), new Dropout(0.5), new Dense()), false);
    Graph after = PassPipelines.inference(before).graph();
    assertThat(titles(after)).containsExactly("Permute", "Conv", "Reshape", "Relu", "Dense");
    same(before, after);
  }

  @Test
  void features_that_someone_else_reads_keep_their_order() {
    Graph before = flattened(List.of(new Dense()), true);
    Graph after = PassPipelines.inference(before).graph();
    assertThat(titles(after))
        .containsExactlyInAnyOrder("Permute", "Conv", "Permute", "Reshape", "Reshape", "Dense");
    same(before, after);
  }

  @Test
  void a_step_across_features_gets_them_in_their_own_order() {
    Graph before = flattened(List.of(new Relu(), new Softmax(-1)), false);
    Graph after = PassPipelines.inference(before).graph();
    assertThat(titles(after))
        .containsExactly("Permute", "Conv", "Permute", "Reshape", "Relu", "Softmax");
    same(before, after);
  }

  @Test
  void a_known_scaling_goes_into_the_layer_before_it() {
    Graph before = flattened(List.of(new Dense(), new Mul(), new Add()), false);
    Graph after = PassPipelines.inference(before).graph();
    assertThat(titles(after)).containsExactly("Permute", "Conv", "Reshape", "Dense");
    same(before, after);
  }

  @Test
  void a_scaling_that_differs_between_rows_stays() {
    GraphBuilder b = Graph.builder();
    Value x = b.input("x", Type.float32(Shape.of(3, 36)));
    Value y = b.weighted(new Dense(), x, weights(new Dense()));
    Graph before = b.build(List.of(b.weighted(new Mul(), y, List.of(OpSamples.weight(3, 1)))));
    assertThat(titles(PassPipelines.inference(before).graph())).containsExactly("Dense", "Mul");
  }
}
