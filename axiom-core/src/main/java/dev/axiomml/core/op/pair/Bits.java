package dev.axiomml.core.op.pair;

import dev.axiomml.core.op.FamilyTypes;
import dev.axiomml.core.op.RunOp;
import dev.axiomml.core.op.common.BroadcastPairs;
import dev.axiomml.core.op.common.WrappingIntegers;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Type;
import java.util.List;

/**
 * Bits of integers, broadcast from the right.
 *
 * <p>Shape: one or two tensors of one type, broadcast; the type stays.
 *
 * @param kind what is computed
 */
public record Bits(Kind kind) implements RunOp {
  /** What can be computed. */
  public enum Kind {
    /** Set in both. */
    AND,
    /** Set in one or both. */
    OR,
    /** Set in one. */
    XOR,
    /** All turned. */
    NOT,
    /** Shifted up; 0 beyond the width. */
    SHIFT_LEFT,
    /**
     * Shifted down, unsigned numbers with zeros, signed ones with their sign; so too beyond the
     * width.
     */
    SHIFT_RIGHT
  }

  @Override
  public List<Type> infer(List<Type> in) {
    FamilyTypes.arity(this, in, kind == Kind.NOT ? 1 : 2);
    WrappingIntegers.require(this, in, "integers", DType::isInteger);
    return List.of(Type.of(BroadcastPairs.out(this, in), in.get(0).dtype()));
  }

  @Override
  public List<RuntimeValue> run(List<RuntimeValue> in) {
    DType dtype = in.get(0).tensor().dtype();
    return List.of(
        WrappingIntegers.map(
            this, dtype, in, (a, b) -> WrappingIntegers.wrap(dtype, compute(dtype, a, b))));
  }

  private long compute(DType dtype, long a, long b) {
    return switch (kind) {
      case AND -> a & b;
      case OR -> a | b;
      case XOR -> a ^ b;
      case NOT -> ~a;
      case SHIFT_LEFT -> b < 0 || b > 63 ? 0 : a << b;
      case SHIFT_RIGHT ->
          dtype.isUnsigned() ? (b < 0 || b > 63 ? 0 : a >>> b) : a >> (b < 0 || b > 63 ? 63 : b);
    };
  }

  @Override
  public String whyNoBound() {
    return "it computes on integers, which proofs do not follow";
  }
}
