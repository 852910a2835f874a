package dev.axiomml.core.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.RunOp;
import dev.axiomml.core.run.Interpreter;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.testing.OpSamples;
import dev.axiomml.testing.OpSamples.OpSample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BackpropTest {
  static Stream<OpSample> samples() {
    return OpSamples.all().stream().filter(sample -> !(sample.op() instanceof RunOp));
  }

  /**
   * Central differences of a random weighting of all outputs, in float64; what has no gradient must
   * not move them.
   */
  @ParameterizedTest
  @MethodSource("samples")
  void gradients_are_the_limit_of_differences(OpSample sample) {
    List<Tensor> in = sample.inputs(3).stream().map(t -> t.to(DType.FLOAT64)).toList();
    Graph graph = graph(sample, in);
    Tensor weights = Tensor.random(value(graph, in).shape(), 5, -1, 1);
    Map<Value, RuntimeValue> values = graph.readAll(new ArrayList<>(in), new Interpreter());
    Map<Value, double[]> back =
        graph.reverse(
            Map.of(graph.outputs().get(0), weights.toDoubles()), new GradientReading(values));
    for (int operand = 0; operand < in.size(); operand++) {
      int size = in.get(operand).size();
      double[] dx = back.getOrDefault(graph.inputs().get(operand), new double[size]);
      for (int i = 0; i < size; i++) {
        double h = 1e-6;
        double rise =
            (total(graph, moved(in, operand, i, h), weights)
                    - total(graph, moved(in, operand, i, -h), weights))
                / (2 * h);
        assertThat(Math.abs(dx[i] - rise))
            .as("%s input %d element %d: %s and %s", sample, operand, i, dx[i], rise)
            .isLessThan(1e-6 * Math.max(1, Math.abs(rise)));
      }
    }
  }

  private static Graph graph(OpSample sample, List<Tensor> in) {
    GraphBuilder builder = Graph.builder();
    List<Value> inputs = new ArrayList<>();
    for (Tensor tensor : in) {
      inputs.add(builder.input("x", Type.of(tensor.shape(), tensor.dtype())));
    }
    return builder.build(builder.add("op", sample.op(), inputs));
  }

  private static Tensor value(Graph graph, List<Tensor> in) {
    return graph.read(new ArrayList<RuntimeValue>(in), new Interpreter()).get(0).tensor();
  }

  private static double total(Graph graph, List<Tensor> in, Tensor weights) {
    double[] y = value(graph, in).toDoubles();
    double total = 0;
    for (int i = 0; i < y.length; i++) {
      total += y[i] * weights.doubleAt(i);
    }
    return total;
  }

  private static List<Tensor> moved(List<Tensor> in, int operand, int i, double h) {
    List<Tensor> moved = new ArrayList<>(in);
    double[] x = in.get(operand).toDoubles();
    x[i] += h;
    moved.set(operand, Tensor.ofDoubles(in.get(operand).shape(), DType.FLOAT64, x));
    return moved;
  }
}
