package dev.axiomml.core.op.pair;

import dev.axiomml.core.op.GradientStep;
import dev.axiomml.core.op.ScalarOp;
import dev.axiomml.core.op.common.RealInterval;
import dev.axiomml.core.op.scalar.Floor;
import dev.axiomml.core.op.scalar.Trunc;
import java.util.List;
import java.util.Optional;

/**
 * What is left of a division, broadcast from the right; exact.
 *
 * <p>Nothing is claimed of divisors that may be zero. Shape: the two, broadcast.
 *
 * @param truncated whether the sign is that of the dividend, as C's {@code fmod}; else that of the
 *     divisor, as Python's {@code %}
 */
public record Mod(boolean truncated) implements PairOp {
  @Override
  public double value(double a, double b) {
    double left = a % b;
    return truncated || left == 0 || left < 0 == b < 0 ? left : left + b;
  }

  @Override
  public <V> List<Optional<V>> gradient(GradientStep<V> at) {
    ScalarOp whole = truncated ? new Trunc() : new Floor();
    V times = at.one(whole, at.over(at.x(0), at.x(1)));
    V falls = at.times(at.times(at.g(), times), -1);
    return at.first(List.of(at.undone(at.g(), 0), at.undone(falls, 1)));
  }

  /**
   * The remainder itself where all quotients have one whole part, else from no remainder to the
   * divisor.
   */
  @Override
  public RealInterval range(RealInterval a, RealInterval b) {
    if (b.holds(0)) {
      return RealInterval.ANY;
    }
    RealInterval q =
        RealInterval.around(a.lo() / b.lo(), a.lo() / b.hi(), a.hi() / b.lo(), a.hi() / b.hi());
    double whole = Math.floor(q.lo());
    boolean one = b.isPoint() && q.lo() > whole && q.hi() < whole + 1 && q.size() < 0x1p20;
    if (one) {
      return RealInterval.around(value(a.lo(), b.lo()), value(a.hi(), b.lo()));
    }
    double most = b.size();
    boolean above = truncated ? a.hi() > 0 : b.hi() > 0;
    boolean below = truncated ? a.lo() < 0 : b.lo() < 0;
    return new RealInterval(below ? -most : 0, above ? most : 0);
  }

  @Override
  public double ulps() {
    return 1;
  }
}
