package dev.axiomml.core.op.recurrent;

import dev.axiomml.core.op.OpEmitter;
import dev.axiomml.core.op.pair.Add;
import dev.axiomml.core.op.pair.Mul;
import dev.axiomml.core.op.pair.Sub;
import dev.axiomml.core.op.scalar.Sigmoid;
import dev.axiomml.core.op.scalar.Tanh;
import dev.axiomml.core.tensor.Tensor;
import java.util.List;

/**
 * Gated recurrent unit: {@code h′ = (1 − z)·n + z·h}, z being the update gate and n the new state.
 *
 * <p>Shape: x (N, T, in), weights, first h (N, hidden) if wanted, to y (N, T, hidden), last h (N,
 * hidden). Layers and directions are several of them.
 *
 * @param form gates in the order reset, update, new
 * @param resetAfter whether the reset gate acts after the state is multiplied, as in PyTorch; else
 *     before, ONNX's default
 */
public record Gru(RecurrentForm form, boolean resetAfter) implements RecurrentOp {
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
  public <V> List<V> step(OpEmitter<V> to, V input, List<V> state, List<V> in) {
    V h = state.get(0);
    V back = form.recur(to, h, in);
    V reset = gate(to, List.of(input, back), 0, in);
    V update = gate(to, List.of(input, back), 1, in);
    V recalled =
        resetAfter
            ? to.one(new Mul(), List.of(reset, form.gate(to, back, 2, in)))
            : form.gate(to, form.recur(to, to.one(new Mul(), List.of(reset, h)), in), 2, in);
    V fresh =
        to.one(new Tanh(), to.emit(new Add(), List.of(form.gate(to, input, 2, in), recalled)));
    V one = to.constant(Tensor.scalar(1).to(to.type(h).dtype()));
    V renewed = to.one(new Mul(), List.of(to.one(new Sub(), List.of(one, update)), fresh));
    return List.of(to.one(new Add(), List.of(renewed, to.one(new Mul(), List.of(update, h)))));
  }

  private <V> V gate(OpEmitter<V> to, List<V> both, int which, List<V> in) {
    V sum = to.one(new Add(), both.stream().map(all -> form.gate(to, all, which, in)).toList());
    return to.one(new Sigmoid(), List.of(sum));
  }
}
