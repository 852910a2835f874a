package dev.axiomml.core.op.pair;

import dev.axiomml.core.op.GradientStep;
import dev.axiomml.core.op.KnownValue;
import dev.axiomml.core.op.OpEmitter;
import dev.axiomml.core.op.OpLowering;
import dev.axiomml.core.op.common.RealInterval;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Quotient of two values, broadcast from the right; IEEE 754 for zero divisors and NaN.
 *
 * <p>Nothing is claimed of divisors that may be zero. Shape: the two, broadcast.
 */
public record Div() implements PairOp {
  @Override
  public double value(double a, double b) {
    return a / b;
  }

  @Override
  public <V> List<Optional<V>> gradient(GradientStep<V> at) {
    V share = at.over(at.g(), at.x(1));
    V falls = at.times(at.times(share, at.y()), -1);
    return at.first(List.of(at.undone(share, 0), at.undone(falls, 1)));
  }

  /** Monotone in each operand where the divisor has one sign. */
  @Override
  public RealInterval range(RealInterval a, RealInterval b) {
    return b.holds(0)
        ? RealInterval.ANY
        : RealInterval.around(a.lo() / b.lo(), a.lo() / b.hi(), a.hi() / b.lo(), a.hi() / b.hi());
  }

  @Override
  public double ulps() {
    return 1;
  }

  /**
   * Known divisors whose reciprocals float32 holds make a product with the nearest numbers to its
   * reciprocals, which is linear.
   */
  @Override
  public Optional<OpLowering> given(List<Type> in, List<KnownValue> known) {
    return known.get(1).constant().flatMap(Div::reciprocals).map(Div::times);
  }

  private static Optional<Tensor> reciprocals(Tensor divisor) {
    double[] shares = Arrays.stream(divisor.toDoubles()).map(d -> 1 / d).toArray();
    boolean held =
        divisor.dtype().isFloat()
            && Arrays.stream(shares)
                .map(Math::abs)
                .allMatch(share -> share >= Float.MIN_NORMAL && share <= Float.MAX_VALUE);
    return held
        ? Optional.of(Tensor.ofDoubles(divisor.shape(), divisor.dtype(), shares))
        : Optional.empty();
  }

  private static OpLowering times(Tensor factor) {
    return new OpLowering() {
      @Override
      public <V> List<V> emit(OpEmitter<V> to, List<V> in) {
        return to.emit(new Mul(), List.of(in.get(0), to.constant(factor)));
      }
    };
  }
}
