package dev.axiomml.interop.onnx.rules.recurrent;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.linear.Dense;
import dev.axiomml.core.op.move.Concat;
import dev.axiomml.core.op.move.Expand;
import dev.axiomml.core.op.move.Permute;
import dev.axiomml.core.op.move.Slice;
import dev.axiomml.core.op.pair.Compare;
import dev.axiomml.core.op.pair.Where;
import dev.axiomml.core.op.scalar.Clip;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.interop.onnx.node.OnnxNodeContext;
import dev.axiomml.interop.onnx.node.OnnxSteps;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One direction of a recurrent layer, put together step by step: with peepholes, coupled gates,
 * limits, functions or lengths that the core's layers do not have. Gates are in the file's order.
 * Limits hold for the sums of gates, not for the cell, as in ONNX Runtime.
 */
final class RecurrentSteps {
  private static final int LENGTHS = 4;

  private final OnnxNodeContext at;
  private final OnnxSteps steps;
  private final int direction;
  private final List<UnaryOperator<Value>> functions;
  private final int hidden;

  RecurrentSteps(OnnxNodeContext at, int direction, List<UnaryOperator<Value>> functions) {
    this.at = at;
    this.steps = new OnnxSteps(at);
    this.direction = direction;
    this.functions = List.copyOf(functions);
    this.hidden = at.weight(2).type().shape().size(-1);
  }

  /** All steps of x (N, T, in) from first states, if there are any: answers and last states. */
  List<Value> run(Value x, List<Value> first, boolean reverse) {
    Value all = dense(x, 1, new Gates(0, 0, gates()));
    Shape shape = OnnxSteps.shape(all);
    if (!shape.dim(1).isFixed()) {
      throw at.later(at.op() + " over the free size " + shape.dim(1), "steps must be countable");
    }
    int count = (int) shape.dim(1).value();
    Value zero = at.scalar(at.dtype(0), 0);
    List<Value> state = first.isEmpty() ? zeros(shape.dim(0)) : first;
    List<Value> answers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int place = reverse ? count - 1 - i : i;
      Value one = at.emit(Slice.of(1, place, 1), all);
      List<Value> next = step(steps.reshape(one, Shape.of(shape.dim(0), shape.dim(2))), state);
      answers.add(steps.unsqueeze(within(place, next.get(0), zero), 1));
      state = within(place, next, state);
    }
    if (reverse) {
      Collections.reverse(answers);
    }
    List<Value> out = new ArrayList<>(List.of(at.emitAll(new Concat(1), answers).get(0)));
    out.addAll(state);
    return out;
  }

  private List<Value> within(int place, List<Value> next, List<Value> before) {
    List<Value> all = new ArrayList<>();
    for (int i = 0; i < next.size(); i++) {
      all.add(within(place, next.get(i), before.get(i)));
    }
    return all;
  }

  /** A value in the samples that are so long, else another one. */
  private Value within(int place, Value value, Value otherwise) {
    if (!at.has(LENGTHS)) {
      return value;
    }
    Value number = at.scalar(at.dtype(LENGTHS), place);
    Value longer = at.emit(new Compare(Compare.Kind.GREATER), at.in(LENGTHS), number);
    return at.emit(new Where(), steps.unsqueeze(longer, 1), value, otherwise);
  }

  private int gates() {
    return at.op().equals("LSTM") ? 4 : at.op().equals("GRU") ? 3 : 1;
  }

  private List<Value> zeros(Dim rows) {
    Value zero = at.scalar(at.dtype(0), 0);
    Value wide = at.emit(new Expand(Shape.of(rows, Dim.of(hidden))), zero);
    return at.op().equals("LSTM") ? List.of(wide, wide) : List.of(wide);
  }

  private List<Value> step(Value input, List<Value> state) {
    return switch (at.op()) {
      case "LSTM" -> lstm(input, state.get(0), state.get(1));
      case "GRU" -> List.of(gru(input, state.get(0)));
      default -> {
        Value sum = steps.plus(input, dense(state.get(0), 2, new Gates(1, 0, 1)));
        yield List.of(apply(0, sum));
      }
    };
  }

  private List<Value> lstm(Value input, Value state, Value cell) {
    Value all = steps.plus(input, dense(state, 2, new Gates(1, 0, 4)));
    Value in = apply(0, peeped(gate(all, 0), 0, cell));
    Value keep =
        at.attributes().flag("input_forget", false)
            ? steps.plus(steps.times(in, -1), 1)
            : apply(0, peeped(gate(all, 2), 2, cell));
    Value fresh = apply(1, gate(all, 3));
    Value next = steps.plus(steps.times(keep, cell), steps.times(in, fresh));
    Value out = apply(0, peeped(gate(all, 1), 1, next));
    return List.of(steps.times(out, functions.get(2).apply(next)), next);
  }

  /** A gate that sees the cell, where there are peepholes: input, output, forget. */
  private Value peeped(Value gate, int which, Value cell) {
    if (!at.has(7)) {
      return gate;
    }
    Value weight = row(7, which * hidden, 1);
    return steps.plus(gate, steps.times(cell, weight));
  }

  private Value gru(Value input, Value state) {
    boolean after = at.attributes().flag("linear_before_reset", false);
    Value both = dense(state, 2, new Gates(1, 0, 2));
    Value update = apply(0, steps.plus(gate(input, 0), gate(both, 0)));
    Value reset = apply(0, steps.plus(gate(input, 1), gate(both, 1)));
    Value past =
        after
            ? steps.times(reset, dense(state, 2, new Gates(1, 2, 1)))
            : dense(steps.times(reset, state), 2, new Gates(1, 2, 1));
    Value fresh = apply(1, steps.plus(gate(input, 2), past));
    Value kept = steps.times(update, steps.minus(state, fresh));
    return steps.plus(fresh, kept);
  }

  private Value gate(Value all, int which) {
    return steps.slice(all, -1, Dim.of((long) which * hidden), Dim.of(hidden));
  }

  /** A function of a gate, whose sums are limited before. */
  private Value apply(int function, Value sum) {
    double limit = at.attributes().number("clip", 0);
    Value limited = limit > 0 ? at.emit(new Clip(-limit, limit), sum) : sum;
    return functions.get(function).apply(limited);
  }

  /** Neighbouring gates, with the first or second half of biases. */
  private record Gates(int half, int from, int count) {}

  /** A state or input times its weights for neighbouring gates. */
  private Value dense(Value x, int operand, Gates gates) {
    Value rows = row(operand, gates.from * hidden, gates.count);
    Value weight = at.beside(RecurrentRules.WEIGHTS, Permute.of(1, 0), rows);
    return at.has(3)
        ? at.emit(new Dense(), x, weight, bias(gates))
        : at.emit(new Dense(), x, weight);
  }

  private Value bias(Gates gates) {
    return row(3, (gates.half * gates() + gates.from) * hidden, gates.count);
  }

  /** Neighbouring gates of this direction's row. */
  private Value row(int operand, int start, int count) {
    Value own = RecurrentRules.row(at, operand, direction);
    return at.beside(RecurrentRules.WEIGHTS, Slice.of(0, start, (long) count * hidden), own);
  }
}
