package dev.axiomml.core.op.recurrent;

import dev.axiomml.core.op.OpEmitter;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.pair.Add;
import dev.axiomml.core.op.pair.Mul;
import dev.axiomml.core.op.pair.Sub;
import dev.axiomml.core.op.scalar.Sigmoid;
import dev.axiomml.core.op.scalar.Tanh;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Gated recurrent unit: {@code h′ = (1 − z)·n + z·h}, z being the update gate and n the new state.
 *
 * <p>Shape: x (N, T, in), first h (N, hidden) if wanted, to y (N, T, hidden), last h (N, hidden).
 * Layers and directions are several of them.
 *
 * @param weights gates in the order reset, update, new
 * @param resetAfter whether the reset gate acts after the state is multiplied, as in PyTorch; else
 *     before, ONNX's default
 */
public record Gru(RecurrentWeights weights, boolean resetAfter) implements RecurrentOp {
  @Override
  public int gates() {
    return 3;
  }

  @Override
  public int states() {
    return 1;
  }

  @Override
  public boolean bounded() {
    return true;
  }

  @Override
  public Gru withParameters(UnaryOperator<Parameter> change) {
    return new Gru(weights.with(change), resetAfter);
  }

  @Override
  public <V> List<V> step(OpEmitter<V> to, V input, List<V> state) {
    V h = state.get(0);
    V back = weights.recur(to, h);
    V reset = gate(to, input, back, 0);
    V update = gate(to, input, back, 1);
    V recalled =
        resetAfter
            ? to.one(new Mul(), List.of(reset, weights.gate(to, back, 2)))
            : weights.gate(to, weights.recur(to, to.one(new Mul(), List.of(reset, h))), 2);
    V fresh = to.one(new Tanh(), to.emit(new Add(), List.of(weights.gate(to, input, 2), recalled)));
    V change = to.one(new Mul(), List.of(update, to.one(new Sub(), List.of(h, fresh))));
    return List.of(to.one(new Add(), List.of(fresh, change)));
  }

  private <V> V gate(OpEmitter<V> to, V input, V back, int which) {
    V sum =
        to.one(new Add(), List.of(weights.gate(to, input, which), weights.gate(to, back, which)));
    return to.one(new Sigmoid(), List.of(sum));
  }
}
