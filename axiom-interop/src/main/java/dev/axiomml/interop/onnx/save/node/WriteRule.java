package dev.axiomml.interop.onnx.save.node;

import dev.axiomml.core.op.Op;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.function.ToIntBiFunction;

/**
 * How an operator is written.
 *
 * @param lie how the axes of its operands must lie
 * @param since the first operator set that has what is written for it on operands of some types, at
 *     least 17
 * @param rule what is written; answers the ids of the results
 */
public record WriteRule<T extends Op>(Lie lie, ToIntBiFunction<T, List<Type>> since, Rule<T> rule) {
  /** The least that is written. */
  public static final int OPSET = 17;

  /** How the axes of an operator's operands must lie in the file. */
  public enum Lie {
    /** As they lie, where the operator has a rule for that order; else in their own. */
    ANY,
    /** As {@link #ANY}; or in any order that only moves axes of size one. */
    FLAT,
    /** The first operand and the results (N, C, spatial…), others in their own order. */
    CHANNELS_FIRST,
    /** The first operand and the first result (T, N, features), others in their own order. */
    STEPS_FIRST
  }

  /** What is written for an operator on values that lie as its row says. */
  @FunctionalInterface
  public interface Rule<T extends Op> {
    /** Puts nodes down and answers the ids of the results. */
    List<String> write(T op, WriteContext at);
  }

  public static <T extends Op> WriteRule<T> of(Lie lie, Rule<T> rule) {
    return new WriteRule<>(lie, (op, in) -> OPSET, rule);
  }
}
