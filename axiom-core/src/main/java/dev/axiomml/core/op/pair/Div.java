package dev.axiomml.core.op.pair;

import dev.axiomml.core.op.KnownValue;
import dev.axiomml.core.op.OpLowering;
import dev.axiomml.core.op.RealInterval;
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
  public double[] slopes(double a, double b) {
    return new double[] {1 / b, -a / (b * b)};
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

  /** A known divisor without a zero makes a scaling, which is affine. */
  @Override
  public Optional<OpLowering> given(List<Type> in, List<KnownValue> known) {
    return known
        .get(1)
        .tensor()
        .filter(t -> Arrays.stream(t.toDoubles()).allMatch(d -> d != 0 && Double.isFinite(1 / d)))
        .map(t -> OpLowering.to(new DivideBy(t), 0));
  }
}
