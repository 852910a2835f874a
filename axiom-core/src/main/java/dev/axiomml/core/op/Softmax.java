package dev.axiomml.core.op;

import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;

/**
 * Exponentials along an axis, divided by their sum; computed after subtracting the largest, so
 * finite inputs never overflow.
 *
 * <p>Shape: any, unchanged. Every output lies in [0, 1]; a NaN or +∞ along the axis makes that row
 * NaN.
 *
 * @param axis the axis that sums to one; negative counts from the end
 */
public record Softmax(int axis) implements RowOp {
  @Override
  public List<Type> infer(List<Type> in) {
    Families.arity(this, in, 1);
    Families.floats(this, in);
    in.get(0).shape().axis(axis);
    return List.of(in.get(0));
  }

  @Override
  public List<double[]> apply(List<Type> in, List<double[]> x) {
    double[] y = new double[x.get(0).length];
    Lanes.of(in.get(0).shape(), axis).each(lane -> softmax(x.get(0), y, lane));
    return List.of(y);
  }

  private static void softmax(double[] x, double[] y, Lanes.Lane lane) {
    double max = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < lane.n(); i++) {
      max = Math.max(max, x[lane.at(i)]);
    }
    double sum = 0;
    for (int i = 0; i < lane.n(); i++) {
      y[lane.at(i)] = Math.exp(x[lane.at(i)] - max);
      sum += y[lane.at(i)];
    }
    for (int i = 0; i < lane.n(); i++) {
      y[lane.at(i)] /= sum;
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
    double dot = 0;
    for (int i = 0; i < lane.n(); i++) {
      dot += y[lane.at(i)] * g[lane.at(i)];
    }
    for (int i = 0; i < lane.n(); i++) {
      dx[lane.at(i)] = y[lane.at(i)] * (g[lane.at(i)] - dot);
    }
  }

  /**
   * pᵢ = 1 / (1 + Σ exp(xⱼ − xᵢ)) falls in every xⱼ and rises in xᵢ, so its extremes lie at
   * corners.
   */
  @Override
  public Optional<List<Box>> bound(List<Type> in, List<Box> x) {
    Box y = new Box(new double[x.get(0).size()], new double[x.get(0).size()]);
    Lanes.of(in.get(0).shape(), axis).each(lane -> bound(x.get(0), y, lane));
    return Optional.of(List.of(y.sane()));
  }

  /** A lane with an unbounded input may be NaN as a whole. */
  private static void bound(Box x, Box y, Lanes.Lane lane) {
    boolean bounded = true;
    for (int i = 0; i < lane.n(); i++) {
      bounded &=
          x.lo()[lane.at(i)] > Double.NEGATIVE_INFINITY
              && x.hi()[lane.at(i)] < Double.POSITIVE_INFINITY;
    }
    for (int i = 0; i < lane.n(); i++) {
      int at = lane.at(i);
      double least = corner(x.lo()[at], x.hi(), lane, i) * (1 - margin(lane.n())) - 0x1p-126;
      double most = corner(x.hi()[at], x.lo(), lane, i) * (1 + margin(lane.n())) + 0x1p-126;
      y.lo()[at] = bounded ? Math.max(0, least) : Double.NaN;
      y.hi()[at] = Math.min(1, most);
    }
  }

  private static double corner(double own, double[] others, Lanes.Lane lane, int skipped) {
    double sum = 1;
    for (int j = 0; j < lane.n(); j++) {
      sum += j == skipped ? 0 : Math.exp(others[lane.at(j)] - own);
    }
    return 1 / sum;
  }

  /**
   * Relative error of a float32 row: the difference x − max is rounded (its error is at most half
   * an ulp of a number that matters only down to −104, below which exp is smaller than any float),
   * exp is within 4 ulps, the sum of n terms and the quotient round.
   */
  private static double margin(int n) {
    return (104 * 2 + 2 * 8 + n + 4) * 0x1p-24 * 1.01;
  }

  @Override
  public boolean perSample(List<Type> in) {
    return in.get(0).shape().axis(axis) != 0;
  }

  @Override
  public Optional<Relaid> relaid(List<Type> in, int[] order) {
    int logical = in.get(0).shape().axis(axis);
    for (int stored = 0; stored < order.length; stored++) {
      if (order[stored] == logical) {
        return Optional.of(new Relaid(new Softmax(stored), order));
      }
    }
    return Optional.empty();
  }
}
