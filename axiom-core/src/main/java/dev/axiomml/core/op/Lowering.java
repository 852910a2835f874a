package dev.axiomml.core.op;

import java.util.Arrays;
import java.util.List;

/** A simpler way to compute what an operator computes. */
@FunctionalInterface
public interface Lowering {
  /** Puts the simpler operators down and answers their outputs, as many as the operator had. */
  <V> List<V> emit(Emitter<V> to, List<V> in);

  /** One operator on some of the inputs, by position. */
  static Lowering to(Op op, int... keptInputs) {
    return new Lowering() {
      @Override
      public <V> List<V> emit(Emitter<V> to, List<V> in) {
        return to.emit(op, Arrays.stream(keptInputs).mapToObj(in::get).toList());
      }
    };
  }

  /** The first input itself. */
  static Lowering first() {
    return new Lowering() {
      @Override
      public <V> List<V> emit(Emitter<V> to, List<V> in) {
        return List.of(in.get(0));
      }
    };
  }
}
