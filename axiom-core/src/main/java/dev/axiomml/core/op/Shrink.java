package dev.axiomml.core.op;

import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;

/**
 * {@code x + bias} below {@code −lambda}, {@code x − bias} above {@code lambda}, 0 between; NaN
 * gives 0.
 *
 * <p>Shape: any, unchanged. With {@code bias = lambda} it is continuous and becomes {@link
 * SoftShrink}; with bias 0 it is known as hard shrink.
 *
 * @param bias how far it pulls toward zero, finite
 * @param lambda half the width of the flat part, not negative
 */
public record Shrink(double bias, double lambda) implements PointOp {
  /** Checks the settings. */
  public Shrink {
    Settings.finite("Shrink bias", bias);
    if (!(lambda >= 0 && lambda <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "Shrink lambda must be 0 or a positive number, got " + lambda);
    }
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
  public Interval range(Interval x) {
    double edge = Math.ulp((float) lambda);
    Interval y =
        x.lo() <= lambda + edge && x.hi() >= -lambda - edge
            ? new Interval(0, 0)
            : value(x.lo(), x.hi());
    if (x.lo() < -lambda + edge) {
      y = y.and(new Interval(x.lo() + bias, Math.min(x.hi(), -lambda + edge) + bias));
    }
    if (x.hi() > lambda - edge) {
      y = y.and(new Interval(Math.max(x.lo(), lambda - edge) - bias, x.hi() - bias));
    }
    return y.wider(Math.abs(bias) * Interval.U);
  }

  @Override
  public double ulps() {
    return 1;
  }

  private Interval value(double lo, double hi) {
    return Interval.around(value(lo), value(hi));
  }

  @Override
  public Optional<Lowering> given(List<Type> in, List<Known> known) {
    return bias == lambda ? Optional.of(Lowering.to(new SoftShrink(lambda), 0)) : Optional.empty();
  }
}
