package dev.axiomml.core.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.recurrent.Gru;
import dev.axiomml.core.op.recurrent.Lstm;
import dev.axiomml.core.op.recurrent.RecurrentForm;
import dev.axiomml.core.op.recurrent.RecurrentOp;
import dev.axiomml.core.op.recurrent.Rnn;
import dev.axiomml.core.pass.PassPipelines;
import dev.axiomml.core.pass.UnrollComposites;
import dev.axiomml.core.run.Interpreter;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecurrentTest {
  private static final RecurrentForm BIASED = new RecurrentForm(true, false);

  private static Tensor weight(int rows, float... values) {
    Shape shape = rows == 0 ? Shape.of(values.length) : Shape.of(rows, values.length / rows);
    return Tensor.of(shape, values);
  }

  private static Tensor sequence(float... steps) {
    return Tensor.of(Shape.of(1, steps.length, 1), steps);
  }

  private static List<double[]> run(RecurrentOp op, Tensor x, List<Tensor> more) {
    List<Tensor> in = new ArrayList<>(List.of(x));
    in.addAll(more);
    return op.apply(
        in.stream().map(Tensor::type).toList(), in.stream().map(Tensor::toDoubles).toList());
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  /** Mutation: any two gates exchanged. */
  @Test
  void an_lstm_has_its_gates_in_the_order_of_pytorch() {
    List<Tensor> weights =
        List.of(
            weight(1, 0.1f, 0.2f, 0.3f, 0.4f),
            weight(1, 0.5f, -0.6f, 0.7f, -0.8f),
            weight(0, 0, 0, 0, 0),
            weight(0, 0.1f, 0.2f, -0.3f, 0.4f));
    double h = 0;
    double c = 0;
    for (double x : new double[] {1, -2}) {
      double i = sigmoid(0.1f * x + 0.5f * h + 0.1f);
      double f = sigmoid(0.2f * x - 0.6f * h + 0.2f);
      double g = Math.tanh(0.3f * x + 0.7f * h - 0.3f);
      double o = sigmoid(0.4f * x - 0.8f * h + 0.4f);
      c = f * c + i * g;
      h = o * Math.tanh(c);
    }
    List<double[]> y = run(new Lstm(BIASED), sequence(1, -2), weights);
    assertThat(y.get(0)[1]).isCloseTo(h, within(1e-12));
    assertThat(y.get(1)[0]).isCloseTo(h, within(1e-12));
    assertThat(y.get(2)[0]).isCloseTo(c, within(1e-12));
  }

  /** Mutation: reset and update exchanged, or the reset on the wrong side of the product. */
  @Test
  void a_gru_has_its_gates_in_the_order_of_pytorch() {
    for (boolean after : new boolean[] {true, false}) {
      List<Tensor> operands =
          List.of(
              weight(1, 0.1f, 0.2f, 0.3f),
              weight(1, 0.5f, -0.6f, 0.7f),
              weight(0, 0, 0, 0),
              weight(0, 0.1f, 0.2f, -0.3f),
              weight(1, 0.5f));
      double h = 0.5;
      for (double x : new double[] {1, -2}) {
        double r = sigmoid(0.1f * x + 0.5f * h + 0.1f);
        double z = sigmoid(0.2f * x - 0.6f * h + 0.2f);
        double recalled = after ? r * (0.7f * h - 0.3f) : 0.7f * (r * h) - 0.3f;
        h = (1 - z) * Math.tanh(0.3f * x + recalled) + z * h;
      }
      List<double[]> y = run(new Gru(BIASED, after), sequence(1, -2), operands);
      assertThat(y.get(1)[0]).as("reset after %s", after).isCloseTo(h, within(1e-12));
    }
  }

  @Test
  void a_layer_in_reverse_answers_in_the_order_of_its_input() {
    Rnn op = new Rnn(new RecurrentForm(false, true), true);
    List<double[]> y = run(op, sequence(1, 2, 4), List.of(weight(1, 1), weight(1, 0.5f)));
    assertThat(y.get(0)).containsExactly(3, 4, 4);
    assertThat(y.get(1)).containsExactly(3);
  }

  @Test
  void an_unrolled_layer_computes_the_same_for_every_batch() {
    List<Parameter> weights =
        List.of(
            new Parameter("w", weight(2, 0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f, 0.7f, 0.8f)),
            new Parameter("r", weight(1, 0.5f, -0.6f, 0.7f, -0.8f)));
    GraphBuilder to = Graph.builder();
    var x = to.input("x", Type.float32(Shape.of(Dim.symbol("N"), Dim.of(3), Dim.of(2))));
    List<Value> operands = new ArrayList<>(List.of(x));
    weights.forEach(w -> operands.add(to.parameter(w)));
    Op op = new Lstm(new RecurrentForm(false, false));
    Graph graph = to.build(to.add("rnn", op, operands));
    Graph unrolled = UnrollComposites.apply(graph).graph();
    assertThat(unrolled.nodes()).noneMatch(node -> node.op() instanceof RecurrentOp);
    assertThat(unrolled.nodes().get(0).name()).startsWith("rnn.");
    List<RuntimeValue> in = List.of(Tensor.random(Shape.of(4, 3, 2), 9, -1, 1));
    List<RuntimeValue> one =
        graph.bind(java.util.Map.of("N", 4L)).graph().read(in, new Interpreter());
    List<RuntimeValue> other =
        unrolled.bind(java.util.Map.of("N", 4L)).graph().read(in, new Interpreter());
    for (int k = 0; k < 3; k++) {
      for (int i = 0; i < one.get(k).tensor().size(); i++) {
        assertThat(other.get(k).tensor().doubleAt(i))
            .isCloseTo(one.get(k).tensor().doubleAt(i), within(1e-6));
      }
    }
  }

  /** Mutation: the limit passed by one step. */
  @Test
  void predictions_take_short_sequences_in_their_steps() {
    int most = RecurrentOp.LONGEST_UNROLLED;
    RecurrentForm form = new RecurrentForm(false, false);
    for (RecurrentOp op : List.of(new Rnn(form, true), new Lstm(form), new Gru(form, true))) {
      assertThat(isTakenApart(op, Dim.of(most))).isTrue();
      assertThat(isTakenApart(op, Dim.of(most + 1))).isFalse();
      assertThat(isTakenApart(op, Dim.symbol("T"))).isFalse();
    }
  }

  private static boolean isTakenApart(RecurrentOp op, Dim steps) {
    GraphBuilder to = Graph.builder();
    Value x = to.input("x", Type.float32(Shape.of(Dim.symbol("N"), steps, Dim.of(1))));
    Tensor wide = Tensor.full(Shape.of(1, op.gates()), 0.5f);
    Value input = to.parameter(new Parameter("w", wide));
    Value state = to.parameter(new Parameter("r", wide));
    Graph graph = PassPipelines.inference(to.build(to.emit(op, List.of(x, input, state)))).graph();
    return graph.nodes().stream().noneMatch(node -> node.op() instanceof RecurrentOp);
  }
}
