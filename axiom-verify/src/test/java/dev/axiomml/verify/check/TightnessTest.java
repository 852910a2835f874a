package dev.axiomml.verify.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.linear.LinearPanel;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.op.Box;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.linear.Dense;
import dev.axiomml.core.op.linear.MatMul;
import dev.axiomml.core.op.move.Permute;
import dev.axiomml.core.op.pair.Mul;
import dev.axiomml.core.op.recurrent.Gru;
import dev.axiomml.core.op.recurrent.Lstm;
import dev.axiomml.core.op.recurrent.RecurrentForm;
import dev.axiomml.core.op.recurrent.RecurrentOp;
import dev.axiomml.core.op.scalar.Exp;
import dev.axiomml.core.op.scalar.Sigmoid;
import dev.axiomml.core.op.scalar.Square;
import dev.axiomml.core.op.scalar.Tanh;
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
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the search shows the checker can confirm: its own linear bounds are as tight. */
class TightnessTest {
  /** Relative to the width of what the search shows. */
  private static final double ROOM = 1e-4;

  private static Parameter weight(int seed, int... sizes) {
    long[] wide = Arrays.stream(sizes).asLongStream().toArray();
    return new Parameter("w" + seed, Tensor.random(Shape.of(wide), seed, -0.8, 0.8));
  }

  private static Value dense(GraphBuilder to, Value x, int seed, int width) {
    int in = x.type().shape().size(-1);
    return to.add("d" + seed, new Dense(), List.of(x, to.parameter(weight(seed, in, width))))
        .get(0);
  }

  private static Graph graph(GraphBuilder to, Value out) {
    return to.build(List.of(out));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.1, 0.5})
  void of_gates_in_steps(double radius) {
    RecurrentForm form = new RecurrentForm(false, false);
    for (RecurrentOp op : List.of(new Lstm(form), new Gru(form, true), new Gru(form, false))) {
      int wide = 4 * op.gates();
      Model<Output> model =
          Nets.from(4, 3).then("gates", op, weight(1, 3, wide), weight(2, 4, wide)).model();
      assertAsTight(model.inference().bind(Map.of("N", 1L)).graph(), radius);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.1, 0.5})
  void of_products_of_products(double radius) {
    GraphBuilder to = Graph.builder();
    Value x = to.input("x", Type.float32(Shape.of(1, 4)));
    Value first = to.add("mul", new Mul(), List.of(dense(to, x, 1, 5), dense(to, x, 2, 5))).get(0);
    Value gate = to.add("gate", new Sigmoid(), List.of(dense(to, first, 3, 5))).get(0);
    Value second = to.add("gated", new Mul(), List.of(gate, dense(to, first, 4, 5))).get(0);
    assertAsTight(graph(to, dense(to, second, 5, 3)), radius);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.1, 0.5})
  void of_scores(double radius) {
    GraphBuilder to = Graph.builder();
    Value x = to.input("x", Type.float32(Shape.of(3, 4)));
    Value turned = to.add("turn", Permute.of(1, 0), List.of(dense(to, x, 2, 4))).get(0);
    Value scores = to.add("scores", new MatMul(), List.of(dense(to, x, 1, 4), turned)).get(0);
    Value bent = to.add("tanh", new Tanh(), List.of(scores)).get(0);
    Value out = to.add("mix", new MatMul(), List.of(bent, dense(to, x, 3, 4))).get(0);
    assertAsTight(graph(to, out), radius);
  }

  /** Lines of any steepness. */
  @Test
  void of_steep_functions() {
    for (Op op : List.of(new Square(), new Exp())) {
      GraphBuilder to = Graph.builder();
      Value x = to.input("x", Type.float32(Shape.of(1, 4)));
      Value bent = to.add("bend", op, List.of(dense(to, x, 1, 5))).get(0);
      assertAsTight(graph(to, dense(to, bent, 2, 2)), 6);
    }
  }

  private static void assertAsTight(Graph graph, double radius) {
    Value in = graph.inputs().get(0);
    Value out = graph.outputs().get(0);
    int n = in.type().shape().count();
    int size = out.type().shape().count();
    Tensor middle = Tensor.random(in.type().shape(), 7, -1, 1);
    Box box = new Box(new double[n], new double[n]);
    Arrays.setAll(box.lo(), i -> (float) (middle.floatAt(i) - radius));
    Arrays.setAll(box.hi(), i -> (float) (middle.floatAt(i) + radius));
    LinearPanel rows = new LinearPanel(size, 2 * size);
    double[][] weights = new double[2 * size][size];
    for (int i = 0; i < size; i++) {
      rows.row(i)[2 * i] = weights[2 * i][i] = 1;
      rows.row(i)[2 * i + 1] = weights[2 * i + 1][i] = -1;
    }
    double[] shown =
        GraphBounds.linear(
                PreparedGraph.of(graph), RoundingModel.FLOAT32, BoundDomain.of(List.of(box)))
            .lower(Map.of(out, rows))
            .all();
    double[] confirmed =
        new CheckedRanges(graph, List.of(box), true).least(weights, new double[2 * size][n]);
    for (int i = 0; i < 2 * size; i++) {
      double width = -shown[i] - shown[i ^ 1];
      assertThat(width).isPositive().isLessThan(1e6);
      assertThat(confirmed[i])
          .as("row %s of %s, wide %s", i, radius, width)
          .isGreaterThan(shown[i] - ROOM * width);
    }
  }
}
