package dev.axiomml.interop.onnx.rules.attention;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.linear.Conv;
import dev.axiomml.core.op.move.Concat;
import dev.axiomml.core.op.move.Expand;
import dev.axiomml.core.op.scalar.Exp;
import dev.axiomml.core.op.scalar.Silu;
import dev.axiomml.core.op.window.WindowGeometry;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.interop.layout.AxisOrders;
import dev.axiomml.interop.onnx.node.OnnxNodeContext;
import dev.axiomml.interop.onnx.node.OnnxSteps;
import dev.axiomml.interop.onnx.rules.image.WindowRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Layers that carry what they saw from step to step. */
final class RecurrentLayers {
  private static final int STATE = 3;
  private static final int DECAY = 4;
  private static final int RATE = 5;

  private final OnnxNodeContext at;
  private final OnnxSteps steps;
  private final DType dtype;

  private RecurrentLayers(OnnxNodeContext at) {
    this.at = at;
    this.steps = new OnnxSteps(at);
    this.dtype = at.dtype(0) == DType.FLOAT64 ? DType.FLOAT64 : DType.FLOAT32;
  }

  /** A convolution of each channel with what came before; the last inputs are the next state. */
  static List<Value> convolved(OnnxNodeContext at) {
    OnnxSteps steps = new OnnxSteps(at);
    int size = at.shape(1).size(2);
    Shape before = at.shape(0).with(2, Dim.of(size - 1L));
    Value past = at.has(STATE) ? at.in(STATE) : at.emit(new Expand(before), zero(at, at.dtype(0)));
    Value all = steps.concat(2, past, at.in(0));
    Conv conv = new Conv(WindowGeometry.of(List.of(size)), at.shape(1).size(0));
    Value y = WindowRules.spatial(at, conv, all, WindowRules.kernel(at, AxisOrders.kernel(3)));
    String activation = at.attributes().text("activation", "none");
    Value last = steps.slice(all, 2, at.shape(0).dim(2), Dim.of(size - 1L));
    return switch (activation) {
      case "none" -> List.of(y, last);
      case "silu", "swish" -> List.of(at.emit(new Silu(), y), last);
      default -> throw at.refuse("activation " + activation, "none, silu and swish are known");
    };
  }

  private static Value zero(OnnxNodeContext at, DType dtype) {
    return at.scalar(dtype, 0);
  }

  /** Attention by a matrix that each step changes: unrolled over the steps. */
  static List<Value> attended(OnnxNodeContext at) {
    return new RecurrentLayers(at).attended();
  }

  private List<Value> attended() {
    Dim length = at.shape(0).dim(1);
    if (!length.isFixed()) {
      throw at.later("LinearAttention over the free size " + length, "steps must be countable");
    }
    String rule = at.attributes().text("update_rule", "gated_delta");
    boolean gated = rule.startsWith("gated");
    boolean delta = rule.endsWith("delta");
    if (!gated && !delta && !rule.equals("linear")) {
      throw at.refuse("update_rule " + rule, "linear, gated, delta and gated_delta are known");
    }
    int many = heads("q_num_heads");
    int few = heads("kv_num_heads");
    Value query = unpacked(at.in(0), many);
    Value key = unpacked(at.in(1), few);
    Value value = unpacked(at.in(2), few);
    Optional<Value> decay =
        gated ? Optional.of(at.emit(new Exp(), unpacked(at.in(DECAY), few))) : Optional.empty();
    Optional<Value> rate = delta ? Optional.of(rates()) : Optional.empty();
    Value state = start(key, value);
    List<Value> rows = new ArrayList<>();
    for (int i = 0; i < length.value(); i++) {
      Value row = step(key, i);
      Value column = steps.permute(row, 0, 1, 3, 2);
      state = faded(state, step(decay, i));
      Value learnt = news(state, row, step(value, i), step(rate, i));
      state = steps.plus(state, steps.product(column, learnt));
      rows.add(steps.product(step(query, i), steps.repeat(state, 1, many / few)));
    }
    DType kept = at.has(STATE) ? at.dtype(STATE) : at.dtype(0);
    return List.of(packed(rows), steps.cast(state, kept));
  }

  private int heads(String attribute) {
    int heads = at.attributes().integer(attribute, 0);
    if (heads <= 0) {
      throw at.refuse("LinearAttention without " + attribute, "it says how to unpack");
    }
    return heads;
  }

  /** (N, T, heads · width) as (N, heads, T, width). */
  private Value unpacked(Value x, int heads) {
    Shape shape = OnnxSteps.shape(x);
    Shape apart = Shape.of(shape.dim(0), shape.dim(1), Dim.of(heads), shape.dim(2).floorDiv(heads));
    return steps.permute(steps.reshape(steps.cast(x, dtype), apart), 0, 2, 1, 3);
  }

  /** One rate a head, or one for all of them. */
  private Value rates() {
    return unpacked(at.in(RATE), (int) at.shape(RATE).dim(2).value());
  }

  private Value start(Value key, Value value) {
    Shape shape =
        Shape.of(
            OnnxSteps.shape(key).dim(0),
            OnnxSteps.shape(key).dim(1),
            OnnxSteps.shape(key).dim(3),
            OnnxSteps.shape(value).dim(3));
    return at.has(STATE)
        ? steps.cast(at.in(STATE), dtype)
        : at.emit(new Expand(shape), zero(at, dtype));
  }

  private Value step(Value x, int i) {
    return steps.slice(x, 2, Dim.of(i), Dim.ONE);
  }

  private Optional<Value> step(Optional<Value> x, int i) {
    return x.map(all -> step(all, i));
  }

  private Value faded(Value state, Optional<Value> decay) {
    return decay.map(d -> steps.times(state, steps.permute(d, 0, 1, 3, 2))).orElse(state);
  }

  /** What the state does not know yet of a value, by the rate of learning. */
  private Value news(Value state, Value key, Value value, Optional<Value> rate) {
    return rate.map(r -> steps.times(r, steps.minus(value, steps.product(key, state))))
        .orElse(value);
  }

  private Value packed(List<Value> rows) {
    Value y = rows.size() == 1 ? rows.get(0) : at.emitAll(new Concat(2), rows).get(0);
    Shape shape = OnnxSteps.shape(y);
    double scale = at.attributes().number("scale", 0);
    double width = at.shape(0).dim(2).floorDiv(heads("q_num_heads")).value();
    Value scaled = steps.times(y, scale == 0 ? 1 / Math.sqrt(width) : scale);
    Shape together = Shape.of(shape.dim(0), shape.dim(2), shape.dim(1).times(shape.dim(3)));
    Value flat = steps.reshape(steps.permute(scaled, 0, 2, 1, 3), together);
    return steps.cast(flat, at.dtype(0));
  }
}
