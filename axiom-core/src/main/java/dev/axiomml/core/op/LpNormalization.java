package dev.axiomml.core.op;

import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;

/**
 * Elements divided by the norm of all along an axis, or by {@code least} when that is larger; zeros
 * stay zeros.
 *
 * <p>Shape: any, unchanged; in [−1, 1].
 *
 * @param axis the axis; negative counts from the end
 * @param p 1 for the sum of magnitudes, 2 for the Euclidean norm
 * @param least smallest divisor, at least 0; PyTorch has 1e-12, ONNX 0
 */
public record LpNormalization(int axis, int p, double least) implements RowOp {
  /** Refuses other norms. */
  public LpNormalization {
    if ((p != 1 && p != 2) || !(least >= 0 && least <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "a norm is of order 1 or 2 with a least divisor from 0, got " + p + " and " + least);
    }
  }

  @Override
  public List<Type> infer(List<Type> in) {
    Families.arity(this, in, 1);
    Families.floats(this, in);
    Shapes.axis("normalization", in.get(0).shape(), axis);
    return List.of(in.get(0));
  }

  private double power(double x) {
    return p == 1 ? Math.abs(x) : x * x;
  }

  private double norm(double sum) {
    return Math.max(least, p == 1 ? sum : Math.sqrt(sum));
  }

  private double sum(double[] x, Lanes.Lane lane) {
    double sum = 0;
    for (int i = 0; i < lane.n(); i++) {
      sum += power(x[lane.at(i)]);
    }
    return sum;
  }

  @Override
  public List<double[]> apply(List<Type> in, List<double[]> x) {
    double[] y = new double[x.get(0).length];
    Lanes.of(in.get(0).shape(), axis)
        .each(
            lane -> {
              double norm = norm(sum(x.get(0), lane));
              for (int i = 0; i < lane.n(); i++) {
                y[lane.at(i)] = norm == 0 ? 0 : x.get(0)[lane.at(i)] / norm;
              }
            });
    return List.of(y);
  }

  @Override
  public List<double[]> vjp(List<Type> in, List<double[]> x, List<double[]> g) {
    double[] dx = new double[x.get(0).length];
    Lanes.of(in.get(0).shape(), axis).each(lane -> back(x.get(0), g.get(0), dx, lane));
    return List.of(dx);
  }

  private void back(double[] x, double[] g, double[] dx, Lanes.Lane lane) {
    double sum = sum(x, lane);
    double norm = norm(sum);
    boolean held = norm == least;
    double dot = 0;
    for (int i = 0; i < lane.n(); i++) {
      dot += g[lane.at(i)] * x[lane.at(i)];
    }
    for (int i = 0; i < lane.n(); i++) {
      int at = lane.at(i);
      double slope = p == 1 ? Math.signum(x[at]) : x[at] / norm;
      dx[at] = norm == 0 ? 0 : g[at] / norm - (held ? 0 : dot * slope / (norm * norm));
    }
  }

  /**
   * yᵢ rises in xᵢ; its magnitude falls with every other magnitude: the extremes lie at corners of
   * magnitudes. Below norms whose squares float32 loses only [−1, 1] is claimed.
   */
  @Override
  public Optional<List<Box>> bound(List<Type> in, List<Box> x) {
    Box y = new Box(new double[x.get(0).size()], new double[x.get(0).size()]);
    Lanes.of(in.get(0).shape(), axis)
        .each(
            lane -> {
              double small = 0;
              for (int i = 0; i < lane.n(); i++) {
                small += power(Interval.of(x.get(0), lane.at(i)).abs().lo());
              }
              for (int i = 0; i < lane.n(); i++) {
                double lo = extreme(lane.at(i), x.get(0), lane, -1);
                double hi = extreme(lane.at(i), x.get(0), lane, 1);
                double units = lane.n() + 8;
                Interval one = new Interval(-1, 1).wider(units * 0x1p-23);
                (norm(small) < 0x1p-50 ? one : new Interval(lo, hi).rounded(units))
                    .put(y, lane.at(i));
              }
            });
    return Optional.of(List.of(y.sane()));
  }

  private double extreme(int at, Box x, Lanes.Lane lane, int side) {
    double own = side > 0 ? x.hi()[at] : x.lo()[at];
    double sum = power(own);
    for (int j = 0; j < lane.n(); j++) {
      Interval other = Interval.of(x, lane.at(j)).abs();
      sum += lane.at(j) == at ? 0 : power(own * side > 0 ? other.lo() : other.hi());
    }
    return norm(sum) == 0 ? 0 : own / norm(sum);
  }

  @Override
  public boolean perSample(List<Type> in) {
    return in.get(0).shape().axis(axis) != 0;
  }

  @Override
  public Optional<Relaid> relaid(List<Type> in, int[] order) {
    return Optional.of(
        new Relaid(
            new LpNormalization(Orders.stored(order, in.get(0).shape().axis(axis)), p, least),
            order));
  }
}
