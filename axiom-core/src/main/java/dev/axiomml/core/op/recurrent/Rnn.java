package dev.axiomml.core.op.recurrent;

import dev.axiomml.core.op.OpEmitter;
import dev.axiomml.core.op.pair.Add;
import dev.axiomml.core.op.scalar.Relu;
import dev.axiomml.core.op.scalar.Tanh;
import java.util.List;

/**
 * Plain recurrent network: {@code h′ = tanh(Wx + Uh + b)}, or a rectifier instead.
 *
 * <p>Shape: x (N, T, in), weights, first h (N, hidden) if wanted, to y (N, T, hidden), last h (N,
 * hidden). Layers and directions are several of them.
 *
 * @param form one gate
 * @param rectified whether a rectifier stands in place of the hyperbolic tangent
 */
public record Rnn(RecurrentForm form, boolean rectified) implements RecurrentOp {
  @Override
  public int gates() {
    return 1;
  }

  @Override
  public int states() {
    return 1;
  }

  @Override
  public boolean bounded() {
    return !rectified;
  }

  @Override
  public <V> List<V> step(OpEmitter<V> to, V input, List<V> state, List<V> in) {
    V sum = to.one(new Add(), List.of(input, form.recur(to, state.get(0), in)));
    return List.of(to.one(rectified ? new Relu() : new Tanh(), List.of(sum)));
  }
}
