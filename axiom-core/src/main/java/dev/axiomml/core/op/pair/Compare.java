package dev.axiomml.core.op.pair;

import dev.axiomml.core.op.FamilyTypes;
import dev.axiomml.core.op.RunOp;
import dev.axiomml.core.op.common.BroadcastPairs;
import dev.axiomml.core.op.common.WrappingIntegers;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.List;

/**
 * Comparison of numbers or texts of one type, broadcast from the right; false where a NaN is, but
 * for unequal.
 *
 * <p>Shape: the two, broadcast, bool.
 *
 * @param kind what is asked
 */
public record Compare(Kind kind) implements RunOp {
  /** What can be asked. */
  public enum Kind {
    /** a = b. */
    EQUAL,
    /** a ≠ b. */
    UNEQUAL,
    /** a below b. */
    LESS,
    /** a below or equal to b. */
    LESS_OR_EQUAL,
    /** a above b. */
    GREATER,
    /** a above or equal to b. */
    GREATER_OR_EQUAL
  }

  @Override
  public List<Type> infer(List<Type> in) {
    FamilyTypes.arity(this, in, 2);
    DType dtype = FamilyTypes.same(this, in);
    if (dtype != DType.STRING) {
      WrappingIntegers.require(
          this, in, "numbers of at least eight bits, or texts", DType::computes);
    }
    return List.of(Type.of(BroadcastPairs.out(this, in), DType.BOOL));
  }

  @Override
  public List<RuntimeValue> run(List<RuntimeValue> in) {
    Tensor a = in.get(0).tensor();
    Tensor b = in.get(1).tensor();
    List<Type> types = List.of(a.type(), b.type());
    int[][] at = BroadcastPairs.positions(this, types);
    long[] y = new long[at[0].length];
    for (int i = 0; i < y.length; i++) {
      y[i] = holds(a, at[0][i], b, at[1][i]) ? 1 : 0;
    }
    return List.of(Tensor.ofIntegers(BroadcastPairs.out(this, types), DType.BOOL, y));
  }

  private boolean holds(Tensor a, int i, Tensor b, int j) {
    if (a.dtype() == DType.STRING) {
      return answer(a.textAt(i).compareTo(b.textAt(j)));
    }
    if (!a.dtype().isFloat()) {
      return answer(WrappingIntegers.compare(a.dtype(), a.longAt(i), b.longAt(j)));
    }
    double x = a.doubleAt(i);
    double y = b.doubleAt(j);
    boolean unordered = Double.isNaN(x) || Double.isNaN(y);
    return unordered ? kind == Kind.UNEQUAL : answer(x < y ? -1 : x > y ? 1 : 0);
  }

  private boolean answer(int order) {
    return switch (kind) {
      case EQUAL -> order == 0;
      case UNEQUAL -> order != 0;
      case LESS -> order < 0;
      case LESS_OR_EQUAL -> order <= 0;
      case GREATER -> order > 0;
      case GREATER_OR_EQUAL -> order >= 0;
    };
  }

  @Override
  public String whyNoBound() {
    return "its answer jumps between true and false";
  }
}
