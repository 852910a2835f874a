package dev.axiomml.core.op;

/**
 * The nearest whole number, the even one when two are; exact, gradient 0.
 *
 * <p>Shape: any, unchanged.
 */
public record Round() implements PointOp {
  @Override
  public double value(double x) {
    return Math.rint(x);
  }

  @Override
  public double slope(double x) {
    return 0;
  }

  @Override
  public Interval range(Interval x) {
    return new Interval(value(x.lo()), value(x.hi()));
  }

  @Override
  public double ulps() {
    return 0;
  }
}
