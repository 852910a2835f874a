package dev.axiomml.core.op;

import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;

/**
 * Logarithm of {@link Softmax}: {@code xᵢ − ln Σ exp(xⱼ)} along an axis, without overflow.
 *
 * <p>Shape: any, unchanged. Never above 0; a NaN or +∞ along the axis makes that row NaN.
 *
 * @param axis the axis whose exponentials sum to one; negative counts from the end
 */
public record LogSoftmax(int axis) implements RowOp {
  @Override
  public List<Type> infer(List<Type> in) {
    Families.arity(this, in, 1);
    Families.floats(this, in);
    Shapes.axis("log softmax", in.get(0).shape(), axis);
    return List.of(in.get(0));
  }

  @Override
  public List<double[]> apply(List<Type> in, List<double[]> x) {
    double[] y = new double[x.get(0).length];
    Lanes.of(in.get(0).shape(), axis).each(lane -> logSoftmax(x.get(0), y, lane));
    return List.of(y);
  }

  private static void logSoftmax(double[] x, double[] y, Lanes.Lane lane) {
    double max = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < lane.n(); i++) {
      max = Math.max(max, x[lane.at(i)]);
    }
    double sum = 0;
    for (int i = 0; i < lane.n(); i++) {
      sum += Math.exp(x[lane.at(i)] - max);
    }
    for (int i = 0; i < lane.n(); i++) {
      y[lane.at(i)] = x[lane.at(i)] - max - Math.log(sum);
    }
  }

  @Override
  public List<double[]> vjp(List<Type> in, List<double[]> x, List<double[]> g) {
    double[] y = apply(in, x).get(0);
    double[] dx = new double[y.length];
    Lanes.of(in.get(0).shape(), axis).each(lane -> back(y, g.get(0), dx, lane));
    return List.of(dx);
  }

  private static void back(double[] y, double[] g, double[] dx, Lanes.Lane lane) {
    double sum = 0;
    for (int i = 0; i < lane.n(); i++) {
      sum += g[lane.at(i)];
    }
    for (int i = 0; i < lane.n(); i++) {
      dx[lane.at(i)] = g[lane.at(i)] - Math.exp(y[lane.at(i)]) * sum;
    }
  }

  /**
   * yᵢ = −ln Σ exp(xⱼ − xᵢ) rises in xᵢ and falls in every other, so its extremes lie at corners.
   */
  @Override
  public Optional<List<Box>> bound(List<Type> in, List<Box> x) {
    Box y = new Box(new double[x.get(0).size()], new double[x.get(0).size()]);
    Lanes.of(in.get(0).shape(), axis).each(lane -> bound(x.get(0), y, lane));
    return Optional.of(List.of(y.sane()));
  }

  private static void bound(Box x, Box y, Lanes.Lane lane) {
    for (int i = 0; i < lane.n(); i++) {
      int at = lane.at(i);
      double least = corner(x.lo()[at], x.hi(), lane, i);
      double most = corner(x.hi()[at], x.lo(), lane, i);
      y.lo()[at] = least - Exponentials.margin(least, lane.n());
      y.hi()[at] = Math.min(0, most + Exponentials.margin(most, lane.n()));
    }
  }

  /**
   * Computed from the largest exponent, as a difference may be beyond exp's range; NaN where a lane
   * is unbounded.
   */
  private static double corner(double own, double[] others, Lanes.Lane lane, int skipped) {
    double max = 0;
    for (int j = 0; j < lane.n(); j++) {
      max = j == skipped ? max : Math.max(max, others[lane.at(j)] - own);
    }
    double sum = Math.exp(-max);
    for (int j = 0; j < lane.n(); j++) {
      sum += j == skipped ? 0 : Math.exp(others[lane.at(j)] - own - max);
    }
    return -max - Math.log(sum);
  }

  @Override
  public boolean perSample(List<Type> in) {
    return in.get(0).shape().axis(axis) != 0;
  }

  @Override
  public Optional<Relaid> relaid(List<Type> in, int[] order) {
    return Optional.of(
        new Relaid(new LogSoftmax(Orders.stored(order, in.get(0).shape().axis(axis))), order));
  }
}
