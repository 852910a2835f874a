package dev.axiomml.interop.pytorch.aten.calls;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.linear.Dense;
import dev.axiomml.core.op.move.Concat;
import dev.axiomml.core.op.move.Expand;
import dev.axiomml.core.op.move.Slice;
import dev.axiomml.core.op.pair.Add;
import dev.axiomml.core.op.pair.Mul;
import dev.axiomml.core.op.scalar.Sigmoid;
import dev.axiomml.core.op.scalar.Tanh;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.interop.pytorch.aten.AtenCall;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One layer and direction of an LSTM whose answer is a projection of its state (Sak et al. 2014),
 * step by step.
 *
 * @param call where the steps go
 * @param weights of the input, of the answer before, the two biases where there are any, and of the
 *     projection, as the file has them
 * @param reverse whether it goes from the last step to the first
 */
record ProjectedLstm(AtenCall call, List<Value> weights, boolean reverse) {
  /** The answers (N, T, projected), the last answer and the last state. */
  List<Value> run(Value x, List<Value> first) {
    Value all = dense(x, 0);
    int steps = x.type().shape().size(1);
    Value answer =
        first.isEmpty() ? zeros(x, weights.get(last()).type().shape().dim(0)) : first.get(0);
    Value state = first.isEmpty() ? zeros(x, Dim.of(hidden())) : first.get(1);
    List<Value> answers = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      Value one = call.emit(Slice.of(1, reverse ? steps - 1L - i : i, 1), all);
      List<Value> next = step(call.removed(one, 1), answer, state);
      answer = next.get(0);
      state = next.get(1);
      answers.add(call.inserted(answer, 1));
    }
    if (reverse) {
      Collections.reverse(answers);
    }
    Value joined = steps == 1 ? answers.get(0) : call.emitAll(new Concat(1), answers).get(0);
    return List.of(joined, answer, state);
  }

  private List<Value> step(Value input, Value answer, Value state) {
    Value all = call.emit(new Add(), input, dense(answer, 1));
    Value in = call.emit(new Sigmoid(), gate(all, 0));
    Value keep = call.emit(new Sigmoid(), gate(all, 1));
    Value fresh = call.emit(new Tanh(), gate(all, 2));
    Value out = call.emit(new Sigmoid(), gate(all, 3));
    Value kept = call.emit(new Mul(), keep, state);
    Value next = call.emit(new Add(), kept, call.emit(new Mul(), in, fresh));
    Value open = call.emit(new Mul(), out, call.emit(new Tanh(), next));
    return List.of(dense(open, last()), next);
  }

  private Value gate(Value all, int which) {
    return call.emit(Slice.of(1, (long) which * hidden(), hidden()), all);
  }

  private Value dense(Value x, int which) {
    Value weight = call.permuted(weights.get(which), List.of(1, 0));
    return last() == 4 && which < 2
        ? call.emit(new Dense(), x, weight, weights.get(2 + which))
        : call.emit(new Dense(), x, weight);
  }

  private Value zeros(Value x, Dim width) {
    Value zero = call.constant(0, x.type().dtype());
    return call.emit(new Expand(Shape.of(x.type().shape().dim(0), width)), zero);
  }

  private int hidden() {
    return weights.get(0).type().shape().size(0) / 4;
  }

  private int last() {
    return weights.size() - 1;
  }
}
