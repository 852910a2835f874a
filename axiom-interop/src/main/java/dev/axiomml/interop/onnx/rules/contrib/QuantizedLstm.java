package dev.axiomml.interop.onnx.rules.contrib;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.move.Concat;
import dev.axiomml.core.op.move.Expand;
import dev.axiomml.core.op.scalar.Sigmoid;
import dev.axiomml.core.op.scalar.Tanh;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.onnx.node.BorrowedNode;
import dev.axiomml.interop.onnx.node.OnnxNodeContext;
import dev.axiomml.interop.onnx.node.OnnxSteps;
import dev.axiomml.interop.onnx.rules.image.SamplingRules;
import dev.axiomml.interop.onnx.rules.recurrent.RecurrentRules;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * ONNX Runtime's LSTM with weights of 8 bits, step by step: inputs and states are quantised by
 * their own range, all samples together.
 *
 * @param at the node
 * @param direction which one, 0 or 1
 * @param backwards whether the last step is the first
 */
record QuantizedLstm(OnnxNodeContext at, int direction, boolean backwards) {
  private static final int WEIGHTS = 1;
  private static final int STATES = 2;
  private static final int BIAS = 3;

  /** All states (steps, directions, N, width), the last states and the last cells. */
  static List<Value> emit(OnnxNodeContext at) {
    require(at);
    RecurrentRules.width(at, at.shape(STATES).size(1));
    String which = at.attributes().text("direction", "forward");
    int count = which.equals("bidirectional") ? 2 : 1;
    List<List<Value>> parts = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (int d = 0; d < count; d++) {
      List<Value> one = new QuantizedLstm(at, d, d == 1 || which.equals("reverse")).run();
      for (int i = 0; i < 3; i++) {
        parts.get(i).add(new OnnxSteps(at).unsqueeze(one.get(i), i == 0 ? 1 : 0));
      }
    }
    List<Value> out = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      out.add(at.emitAll(new Concat(i == 0 ? 1 : 0), parts.get(i)).get(0));
    }
    return out;
  }

  private static void require(OnnxNodeContext at) {
    List<String> usual = List.of("sigmoid", "tanh", "tanh");
    List<String> stated =
        at.attributes().texts("activations").orElse(usual).stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .toList();
    boolean plain =
        !at.attributes().has("clip")
            && !at.attributes().flag("input_forget", false)
            && stated.equals(
                stated.size() == 3
                    ? usual
                    : Stream.concat(usual.stream(), usual.stream()).toList());
    if (!plain || at.has(4) || at.has(7)) {
      throw at.refuse(
          "DynamicQuantizeLSTM with lengths, peepholes, coupled gates, a clip or " + stated,
          "plain gates with sigmoid and tanh over all steps are supported");
    }
  }

  private List<Value> run() {
    OnnxSteps steps = new OnnxSteps(at);
    int count = SamplingRules.size(at, at.shape(0).dim(0));
    Value inputs = product(at.in(0), WEIGHTS);
    Value state = first(5);
    Value cell = first(6);
    List<Value> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int step = backwards ? count - 1 - i : i;
      Value one = steps.slice(inputs, 0, Dim.of(step), Dim.ONE);
      Value own = steps.reshape(one, OnnxSteps.shape(inputs).sub(1, 3));
      Value gates = biased(steps.plus(own, product(state, STATES)));
      Value kept = steps.times(gate(gates, 2), cell);
      Value fresh = steps.times(gate(gates, 0), at.emit(new Tanh(), part(gates, 3)));
      cell = steps.plus(kept, fresh);
      state = steps.times(gate(gates, 1), at.emit(new Tanh(), cell));
      all.add(steps.unsqueeze(state, 0));
    }
    if (backwards) {
      Collections.reverse(all);
    }
    return List.of(at.emitAll(new Concat(0), all).get(0), state, cell);
  }

  /** Gates in the order input, output, forget, cell. */
  private Value part(Value gates, int which) {
    int last = OnnxSteps.shape(gates).rank() - 1;
    Dim width = OnnxSteps.shape(gates).dim(last).floorDiv(4);
    return new OnnxSteps(at).slice(gates, last, width.times(which), width);
  }

  private Value gate(Value gates, int which) {
    return at.emit(new Sigmoid(), part(gates, which));
  }

  private Value biased(Value gates) {
    if (!at.has(BIAS)) {
      return gates;
    }
    OnnxSteps steps = new OnnxSteps(at);
    Value both = own(BIAS);
    Dim half = OnnxSteps.shape(both).dim(0).floorDiv(2);
    Value sum = steps.plus(steps.slice(both, 0, Dim.ZERO, half), steps.slice(both, 0, half, half));
    return steps.plus(gates, sum);
  }

  /** The part of an operand that belongs to this direction. */
  private Value own(int i) {
    OnnxSteps steps = new OnnxSteps(at);
    Value one = steps.slice(at.in(i), 0, Dim.of(direction), Dim.ONE);
    return steps.reshape(one, at.shape(i).sub(1, at.rank(i)));
  }

  private Value first(int i) {
    if (at.has(i)) {
      return own(i);
    }
    Shape shape = Shape.of(at.shape(0).dim(1), at.shape(STATES).dim(1));
    Value zero = at.constant(Tensor.zeros(Shape.SCALAR));
    return at.emit(new Expand(shape), zero);
  }

  /** Numbers quantised by their range, times a matrix of 8 bits. */
  private Value product(Value x, int matrix) {
    OnnxSteps steps = new OnnxSteps(at);
    int scale = matrix == WEIGHTS ? 8 : 10;
    List<Value> left = new BorrowedNode(at, "DynamicQuantizeLinear").on(x);
    Value a = centred(left.get(0), left.get(2));
    Value sums = steps.product(a, centred(own(matrix), own(scale + 1)));
    Value factor = steps.times(left.get(1), own(scale));
    return steps.times(steps.cast(sums, x.type().dtype()), factor);
  }

  private Value centred(Value x, Value zero) {
    OnnxSteps steps = new OnnxSteps(at);
    return steps.minus(steps.cast(x, DType.FLOAT64), steps.cast(zero, DType.FLOAT64));
  }
}
