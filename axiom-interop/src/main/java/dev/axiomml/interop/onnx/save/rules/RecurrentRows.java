package dev.axiomml.interop.onnx.save.rules;

import dev.axiomml.core.op.recurrent.Gru;
import dev.axiomml.core.op.recurrent.Lstm;
import dev.axiomml.core.op.recurrent.RecurrentForm;
import dev.axiomml.core.op.recurrent.Rnn;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.TensorMemory;
import dev.axiomml.interop.onnx.save.node.OnnxCall;
import dev.axiomml.interop.onnx.save.node.WriteContext;
import dev.axiomml.interop.onnx.save.node.WriteRule;
import java.util.ArrayList;
import java.util.List;

/** Recurrent layers, one direction each, on (T, N, features). */
final class RecurrentRows {
  /**
   * A kind of layer.
   *
   * @param type ONNX's operator
   * @param gates which gate of the core operator comes at each place of the file
   * @param states how many kinds of state
   */
  private record Kind(String type, List<Integer> gates, int states) {}

  private static final Kind LSTM = new Kind("LSTM", List.of(0, 3, 1, 2), 2);
  private static final Kind GRU = new Kind("GRU", List.of(1, 0, 2), 1);
  private static final Kind RNN = new Kind("RNN", List.of(0), 1);

  private RecurrentRows() {}

  static void add(WriteRules to) {
    WriteRule.Lie steps = WriteRule.Lie.STEPS_FIRST;
    to.put(
        Lstm.class, WriteRule.of(steps, (op, at) -> answers(at, LSTM, call(at, LSTM, op.form()))));
    to.put(Gru.class, WriteRule.of(steps, RecurrentRows::gru));
    to.put(Rnn.class, WriteRule.of(steps, RecurrentRows::rnn));
  }

  private static List<String> gru(Gru op, WriteContext at) {
    OnnxCall call = call(at, GRU, op.form());
    return answers(at, GRU, call.flag("linear_before_reset", op.resetAfter()));
  }

  private static List<String> rnn(Rnn op, WriteContext at) {
    OnnxCall call = call(at, RNN, op.form());
    return answers(at, RNN, call.texts("activations", List.of(op.rectified() ? "Relu" : "Tanh")));
  }

  private static OnnxCall call(WriteContext at, Kind kind, RecurrentForm form) {
    int weighted = form.biased() ? 5 : 3;
    List<String> in = new ArrayList<>(List.of(at.in(0)));
    in.add(matrix(at, 1, kind));
    in.add(matrix(at, 2, kind));
    boolean first = at.operands() > weighted;
    if (form.biased()) {
      in.add(biases(at, kind));
    } else if (first) {
      in.add("");
    }
    if (first) {
      in.add("");
      for (int state = weighted; state < at.operands(); state++) {
        in.add(at.one("Unsqueeze", at.in(state), at.listed(0)));
      }
    }
    return OnnxCall.of(kind.type, in)
        .whole("hidden_size", at.type(2).shape().size(0))
        .text("direction", form.reverse() ? "reverse" : "forward");
  }

  private static List<String> answers(WriteContext at, Kind kind, OnnxCall call) {
    List<String> made = at.all(call, 1 + kind.states);
    List<String> out = new ArrayList<>();
    for (int i = 0; i < made.size(); i++) {
      out.add(at.one("Squeeze", made.get(i), at.listed(i == 0 ? 1 : 0)));
    }
    return out;
  }

  /** (in, gates · hidden) as (1, gates · hidden, in), the gates in ONNX's order. */
  private static String matrix(WriteContext at, int operand, Kind kind) {
    Tensor weight = at.weight(operand);
    int rows = weight.shape().size(0);
    int wide = weight.shape().size(1);
    int[] columns = columns(wide, kind);
    int[] from = new int[rows * wide];
    for (int i = 0; i < from.length; i++) {
      from[i] = i % rows * wide + columns[i / rows];
    }
    return at.stored(operand, TensorMemory.gather(weight, Shape.of(1, wide, rows), from));
  }

  private static int[] columns(int wide, Kind kind) {
    int hidden = wide / kind.gates.size();
    int[] columns = new int[wide];
    for (int i = 0; i < wide; i++) {
      columns[i] = kind.gates.get(i / hidden) * hidden + i % hidden;
    }
    return columns;
  }

  /** Both biases one after the other, called as the first of them. */
  private static String biases(WriteContext at, Kind kind) {
    List<Tensor> biases = List.of(at.weight(3), at.weight(4));
    int wide = biases.get(0).size();
    int[] columns = columns(wide, kind);
    double[] all = new double[2 * wide];
    for (int i = 0; i < all.length; i++) {
      all[i] = biases.get(i / wide).doubleAt(columns[i % wide]);
    }
    return at.stored(3, Tensor.ofDoubles(Shape.of(1, all.length), biases.get(0).dtype(), all));
  }
}
