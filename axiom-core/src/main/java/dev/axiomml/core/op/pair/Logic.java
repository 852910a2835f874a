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
 * Logic on booleans, broadcast from the right.
 *
 * <p>Shape: one or two tensors of one type, broadcast; the type stays.
 *
 * @param kind what is computed
 */
public record Logic(Kind kind) implements RunOp {
  /** What can be computed. */
  public enum Kind {
    /** Both. */
    AND,
    /** One or both. */
    OR,
    /** One of the two. */
    XOR,
    /** The other. */
    NOT
  }

  @Override
  public List<Type> infer(List<Type> in) {
    FamilyTypes.arity(this, in, kind == Kind.NOT ? 1 : 2);
    WrappingIntegers.require(this, in, "booleans", dtype -> dtype == DType.BOOL);
    return List.of(Type.of(BroadcastPairs.out(this, in), in.get(0).dtype()));
  }

  @Override
  public List<RuntimeValue> run(List<RuntimeValue> in) {
    DType dtype = in.get(0).tensor().dtype();
    return List.of(
        WrappingIntegers.map(
            this, dtype, in, (a, b) -> WrappingIntegers.wrap(dtype, compute(a, b))));
  }

  private long compute(long a, long b) {
    return switch (kind) {
      case AND -> a & b;
      case OR -> a | b;
      case XOR -> a ^ b;
      case NOT -> a ^ 1;
    };
  }

  @Override
  public String whyNoBound() {
    return "it computes on booleans, which proofs do not follow";
  }
}
