package dev.axiomml.core.op.reduce;

import dev.axiomml.core.op.FamilyTypes;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.RunOp;
import dev.axiomml.core.op.common.WrappingIntegers;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;

/**
 * Integers taken together over some axes in their own type, sums and products wrapping as the type
 * does; of no elements the extremes are the ends of the type.
 *
 * <p>Shape: an integer tensor; the axes vanish, or become 1.
 *
 * @param kind what is computed
 * @param axes the axes; negative ones count from the end, none means all
 * @param keep whether they stay with size 1
 */
public record IntegerReduction(Kind kind, List<Integer> axes, boolean keep) implements RunOp {
  /** What can be computed. */
  public enum Kind {
    /** The sum. */
    SUM,
    /** The product. */
    PROD,
    /** The largest. */
    MAX,
    /** The smallest. */
    MIN
  }

  /** Copies the list. */
  public IntegerReduction {
    axes = List.copyOf(axes);
  }

  /** The reduction of integers that an operator is on floats; empty for any but four. */
  public static Optional<IntegerReduction> twin(Op op) {
    if (op instanceof ReduceSum sum) {
      return Optional.of(new IntegerReduction(Kind.SUM, sum.axes(), sum.keep()));
    }
    if (op instanceof ReduceProd product) {
      return Optional.of(new IntegerReduction(Kind.PROD, product.axes(), product.keep()));
    }
    if (op instanceof ReduceMax most) {
      return Optional.of(new IntegerReduction(Kind.MAX, most.axes(), most.keep()));
    }
    return op instanceof ReduceMin least
        ? Optional.of(new IntegerReduction(Kind.MIN, least.axes(), least.keep()))
        : Optional.empty();
  }

  private ReducedAxes over(Shape in) {
    return new ReducedAxes(title(), in, axes, keep);
  }

  @Override
  public List<Type> infer(List<Type> in) {
    FamilyTypes.arity(this, in, 1);
    WrappingIntegers.require(this, in, "integers", DType::isInteger);
    return List.of(Type.of(over(in.get(0).shape()).out(), in.get(0).dtype()));
  }

  @Override
  public List<RuntimeValue> run(List<RuntimeValue> in) {
    Tensor x = in.get(0).tensor();
    ReducedAxes over = over(x.shape());
    long[] from = x.toLongs();
    long[] y = new long[over.out().count()];
    over.windows((out, members, count) -> y[out] = together(x.dtype(), from, members, count));
    return List.of(Tensor.ofIntegers(over.out(), x.dtype(), y));
  }

  private long together(DType dtype, long[] from, int[] members, int count) {
    long result = neutral(dtype);
    for (int i = 0; i < count; i++) {
      result = together(dtype, result, from[members[i]]);
    }
    return WrappingIntegers.wrap(dtype, result);
  }

  private long together(DType dtype, long a, long b) {
    boolean less = WrappingIntegers.compare(dtype, a, b) <= 0;
    return switch (kind) {
      case SUM -> a + b;
      case PROD -> a * b;
      case MAX -> less ? b : a;
      case MIN -> less ? a : b;
    };
  }

  private long neutral(DType dtype) {
    long least = dtype.isUnsigned() ? 0 : -1L << (dtype.bits() - 1);
    long most = dtype.isUnsigned() ? -1L >>> (Long.SIZE - dtype.bits()) : ~least;
    return switch (kind) {
      case SUM -> 0;
      case PROD -> 1;
      case MAX -> least;
      case MIN -> most;
    };
  }

  @Override
  public String whyNoBound() {
    return "it computes on integers, which proofs do not follow";
  }
}
