package dev.axiomml.core.op.recurrent;

import dev.axiomml.core.op.OpEmitter;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.pair.Add;
import dev.axiomml.core.op.pair.Mul;
import dev.axiomml.core.op.scalar.Sigmoid;
import dev.axiomml.core.op.scalar.Tanh;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Long short-term memory: {@code c′ = σ(f)·c + σ(i)·tanh(g)}, {@code h′ = σ(o)·tanh(c′)}.
 *
 * <p>Shape: x (N, T, in), first h and c (N, hidden) if wanted, to y (N, T, hidden), last h and last
 * c (N, hidden). Layers and directions are several of them.
 *
 * @param weights gates in the order input, forget, cell, output
 */
public record Lstm(RecurrentWeights weights) implements RecurrentOp {
  @Override
  public int gates() {
    return 4;
  }

  @Override
  public int states() {
    return 2;
  }

  @Override
  public boolean bounded() {
    return false;
  }

  @Override
  public Lstm withParameters(UnaryOperator<Parameter> change) {
    return new Lstm(weights.with(change));
  }

  @Override
  public <V> List<V> step(OpEmitter<V> to, V input, List<V> state) {
    V all = to.one(new Add(), List.of(input, weights.recur(to, state.get(0))));
    V in = to.one(new Sigmoid(), List.of(weights.gate(to, all, 0)));
    V keep = to.one(new Sigmoid(), List.of(weights.gate(to, all, 1)));
    V fresh = to.one(new Tanh(), List.of(weights.gate(to, all, 2)));
    V out = to.one(new Sigmoid(), List.of(weights.gate(to, all, 3)));
    V kept = to.one(new Mul(), List.of(keep, state.get(1)));
    V cell = to.one(new Add(), List.of(kept, to.one(new Mul(), List.of(in, fresh))));
    return List.of(to.one(new Mul(), List.of(out, to.one(new Tanh(), List.of(cell)))), cell);
  }
}
