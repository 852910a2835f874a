package dev.axiomml.core.op;

import java.util.Arrays;
import java.util.List;

/** A simpler way to compute what an operator computes. */
@FunctionalInterface
public interface OpLowering {
  /** Puts the simpler operators down and answers their outputs, as many as the operator had. */
  <V> List<V> emit(OpEmitter<V> to, List<V> in);

  /** One operator on some of the inputs, by position. */
  static OpLowering to(Op op, int... keptInputs) {
    return new OpLowering() {
      @Override
      public <V> List<V> emit(OpEmitter<V> to, List<V> in) {
        return to.emit(op, Arrays.stream(keptInputs).mapToObj(in::get).toList());
      }
    };
  }

  /** Operators one behind the other, the first on all inputs, each other on what came before. */
  static OpLowering chain(Op... ops) {
    return new OpLowering() {
      @Override
      public <V> List<V> emit(OpEmitter<V> to, List<V> in) {
        List<V> now = in;
        for (Op op : ops) {
          now = to.emit(op, now);
        }
        return now;
      }
    };
  }

  /** The first input itself. */
  static OpLowering first() {
    return new OpLowering() {
      @Override
      public <V> List<V> emit(OpEmitter<V> to, List<V> in) {
        return List.of(in.get(0));
      }
    };
  }
}
