package dev.axiomml.core.op.recurrent;

import dev.axiomml.core.op.OpEmitter;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.pair.Add;
import dev.axiomml.core.op.scalar.Relu;
import dev.axiomml.core.op.scalar.Tanh;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Plain recurrent network: {@code h′ = tanh(Wx + Uh + b)}, or a rectifier instead.
 *
 * <p>Shape: x (N, T, in), first h (N, hidden) if wanted, to y (N, T, hidden), last h (N, hidden).
 * Layers and directions are several of them.
 *
 * @param weights one gate
 * @param rectified whether a rectifier stands in place of the hyperbolic tangent
 */
public record Rnn(RecurrentWeights weights, boolean rectified) implements RecurrentOp {
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
  public Rnn withParameters(UnaryOperator<Parameter> change) {
    return new Rnn(weights.with(change), rectified);
  }

  @Override
  public <V> List<V> step(OpEmitter<V> to, V input, List<V> state) {
    V sum = to.one(new Add(), List.of(input, weights.recur(to, state.get(0))));
    return List.of(to.one(rectified ? new Relu() : new Tanh(), List.of(sum)));
  }
}
