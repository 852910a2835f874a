package dev.axiomml.core.op.scalar;

import dev.axiomml.core.op.OpSettings;
import dev.axiomml.core.op.RealInterval;
import java.util.function.DoubleUnaryOperator;

/**
 * {@code x + bias} below {@code −lambda}, {@code x − bias} above {@code lambda}, 0 between; NaN
 * gives 0.
 *
 * <p>Shape: any, unchanged. With {@code bias = lambda} it is {@link SoftShrink} but for NaN; with
 * bias 0 it is known as hard shrink.
 *
 * @param bias how far it pulls toward zero, finite
 * @param lambda half the width of the flat part, not negative
 */
public record Shrink(double bias, double lambda) implements PointOp {
  /** Checks the settings. */
  public Shrink {
    OpSettings.number("Shrink bias", bias);
    OpSettings.fromZero("Shrink lambda", lambda);
  }

  @Override
  public Shrink withSettings(DoubleUnaryOperator change) {
    return new Shrink(change.applyAsDouble(bias), change.applyAsDouble(lambda));
  }

  @Override
  public double value(double x) {
    return x < -lambda ? x + bias : x > lambda ? x - bias : 0;
  }

  @Override
  public double slope(double x) {
    return Math.abs(x) > lambda ? 1 : 0;
  }

  @Override
  public RealInterval range(RealInterval x) {
    RealInterval y =
        x.lo() <= lambda && x.hi() >= -lambda ? new RealInterval(0, 0) : value(x.lo(), x.hi());
    if (x.lo() < -lambda) {
      y = y.and(new RealInterval(x.lo() + bias, Math.min(x.hi(), -lambda) + bias));
    }
    return x.hi() > lambda
        ? y.and(new RealInterval(Math.max(x.lo(), lambda) - bias, x.hi() - bias))
        : y;
  }

  @Override
  public double ulps() {
    return 1;
  }

  private RealInterval value(double lo, double hi) {
    return RealInterval.around(value(lo), value(hi));
  }
}
