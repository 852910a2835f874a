package dev.axiomml.core.op.pair;

import dev.axiomml.core.op.GradientStep;
import dev.axiomml.core.op.KnownValue;
import dev.axiomml.core.op.OpLowering;
import dev.axiomml.core.op.common.RealInterval;
import dev.axiomml.core.op.scalar.Log;
import dev.axiomml.core.op.scalar.PowConstant;
import dev.axiomml.core.op.scalar.Square;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;

/**
 * A value raised to another, broadcast from the right, as IEEE 754 has it: {@link Math#pow}, and 1
 * for a base of 1 to any power (NaN too), and of −1 to one without end.
 *
 * <p>Of a base that may be negative something is claimed only for one whole power. Shape: the two,
 * broadcast.
 */
public record Pow() implements PairOp {
  @Override
  public double value(double a, double b) {
    return a == 1 || (a == -1 && Double.isInfinite(b)) ? 1 : StrictMath.pow(a, b);
  }

  /** {@code b · a^(b − 1)} and {@code a^b · ln a}, 0 where the power or the base is 0. */
  @Override
  public <V> List<Optional<V>> gradient(GradientStep<V> at) {
    V base = at.x(0);
    V power = at.x(1);
    V zero = at.times(at.y(), 0);
    V none = at.constant(Tensor.ofDoubles(Shape.SCALAR, at.type(base).dtype(), 0));
    V still = at.one(new Compare(Compare.Kind.EQUAL), List.of(power, none));
    V steep = at.times(power, at.one(this, List.of(base, at.plus(power, -1))));
    V empty = at.one(new Compare(Compare.Kind.EQUAL), List.of(base, none));
    V rising = at.one(new Compare(Compare.Kind.GREATER), List.of(power, none));
    V held = at.one(new Logic(Logic.Kind.AND), List.of(empty, rising));
    V growth = at.times(at.y(), at.one(new Log(), base));
    return at.first(
        List.of(
            at.undone(at.times(at.g(), at.one(new Where(), List.of(still, zero, steep))), 0),
            at.undone(at.times(at.g(), at.one(new Where(), List.of(held, zero, growth))), 1)));
  }

  /** Its logarithm is {@code b·ln a}, whose extremes on a box lie at corners. */
  @Override
  public RealInterval range(RealInterval a, RealInterval b) {
    if (a.lo() >= 0) {
      return RealInterval.around(
          value(a.lo(), b.lo()),
          value(a.lo(), b.hi()),
          value(a.hi(), b.lo()),
          value(a.hi(), b.hi()));
    }
    if (!b.isPoint() || b.lo() != Math.rint(b.lo()) || (b.lo() < 0 && a.holds(0))) {
      return RealInterval.ANY;
    }
    RealInterval ends = RealInterval.around(value(a.lo(), b.lo()), value(a.hi(), b.lo()));
    return a.holds(0) ? ends.and(new RealInterval(value(0, b.lo()), value(0, b.lo()))) : ends;
  }

  @Override
  public double ulps() {
    return 4;
  }

  /** One known power makes a function of one number. */
  @Override
  public Optional<OpLowering> given(List<Type> in, List<KnownValue> known) {
    Shape exponents = in.get(1).shape();
    boolean one =
        exponents.volume().equals(Dim.ONE) && exponents.rank() <= in.get(0).shape().rank();
    return (one ? known.get(1).tensor() : Optional.<Tensor>empty())
        .filter(t -> Double.isFinite(t.doubleAt(0)))
        .map(
            t ->
                OpLowering.to(
                    t.doubleAt(0) == 2 ? new Square() : new PowConstant(t.doubleAt(0)), 0));
  }
}
