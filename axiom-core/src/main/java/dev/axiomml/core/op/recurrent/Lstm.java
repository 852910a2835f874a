package dev.axiomml.core.op.recurrent;

import dev.axiomml.core.op.OpEmitter;
import dev.axiomml.core.op.pair.Add;
import dev.axiomml.core.op.pair.Mul;
import dev.axiomml.core.op.scalar.Sigmoid;
import dev.axiomml.core.op.scalar.Tanh;
import java.util.List;

/**
 * Long short-term memory: {@code c′ = σ(f)·c + σ(i)·tanh(g)}, {@code h′ = σ(o)·tanh(c′)}.
 *
 * <p>Shape: x (N, T, in), weights, first h and c (N, hidden) if wanted, to y (N, T, hidden), last h
 * and last c (N, hidden). Layers and directions are several of them.
 *
 * @param form gates in the order input, forget, cell, output
 */
public record Lstm(RecurrentForm form) implements RecurrentOp {
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
  public <V> List<V> step(OpEmitter<V> to, V input, List<V> state, List<V> in) {
    V all = to.one(new Add(), List.of(input, form.recur(to, state.get(0), in)));
    V open = to.one(new Sigmoid(), List.of(form.gate(to, all, 0, in)));
    V keep = to.one(new Sigmoid(), List.of(form.gate(to, all, 1, in)));
    V fresh = to.one(new Tanh(), List.of(form.gate(to, all, 2, in)));
    V out = to.one(new Sigmoid(), List.of(form.gate(to, all, 3, in)));
    V kept = to.one(new Mul(), List.of(keep, state.get(1)));
    V cell = to.one(new Add(), List.of(kept, to.one(new Mul(), List.of(open, fresh))));
    return List.of(to.one(new Mul(), List.of(out, to.one(new Tanh(), List.of(cell)))), cell);
  }
}
