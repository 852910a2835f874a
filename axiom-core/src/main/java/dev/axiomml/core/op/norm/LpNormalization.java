package dev.axiomml.core.op.norm;

import dev.axiomml.core.op.Box;
import dev.axiomml.core.op.GradientStep;
import dev.axiomml.core.op.common.OpSettings;
import dev.axiomml.core.op.common.RealInterval;
import dev.axiomml.core.op.index.LaneOp;
import dev.axiomml.core.op.reduce.ReduceSum;
import dev.axiomml.core.op.scalar.Abs;
import dev.axiomml.core.op.scalar.Clip;
import dev.axiomml.core.op.scalar.Relu;
import dev.axiomml.core.op.scalar.Sign;
import dev.axiomml.core.op.scalar.Sqrt;
import dev.axiomml.core.op.scalar.Square;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;

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
public record LpNormalization(int axis, int p, double least) implements LaneOp {
  /** Refuses other norms. */
  public LpNormalization {
    OpSettings.fromZero("LpNormalization least divisor", least);
    if (p != 1 && p != 2) {
      throw OpSettings.refused(
          "LpNormalization of order " + p, "the order is 1 or 2", "set p to 1 or 2");
    }
  }

  @Override
  public LpNormalization along(int other) {
    return new LpNormalization(other, p, least);
  }

  @Override
  public LpNormalization withSettings(DoubleUnaryOperator change) {
    return new LpNormalization(axis, p, change.applyAsDouble(least));
  }

  private double power(double x) {
    return p == 1 ? Math.abs(x) : x * x;
  }

  private double norm(double sum) {
    return Math.max(least, p == 1 ? sum : Math.sqrt(sum));
  }

  private double norm(double[] x) {
    double sum = 0;
    for (double v : x) {
      sum += power(v);
    }
    return norm(sum);
  }

  @Override
  public double[] value(double[] x) {
    double norm = norm(x);
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = norm == 0 ? 0 : x[i] / norm;
    }
    return y;
  }

  /** {@code g/n − s · Σ g x / n²}, s being the slope of the norm n; without it where n is held. */
  @Override
  public <V> List<Optional<V>> gradient(GradientStep<V> at) {
    V x = at.x(0);
    ReduceSum sum = new ReduceSum(List.of(axis), true);
    V total = at.one(sum, at.one(p == 1 ? new Abs() : new Square(), x));
    V length = p == 1 ? total : at.one(new Sqrt(), total);
    V free = at.one(new Sign(), at.one(new Relu(), at.plus(length, -least)));
    V norm = at.one(new Clip(least, Double.POSITIVE_INFINITY), length);
    V share = at.share(norm, new Sign());
    V slope = p == 1 ? at.one(new Sign(), x) : at.times(x, share);
    V dot = at.times(at.one(sum, at.times(at.g(), x)), at.times(free, at.times(share, share)));
    return at.first(at.minus(at.times(at.g(), share), at.times(slope, dot)));
  }

  /**
   * yᵢ rises in xᵢ; its magnitude falls with every other magnitude: the extremes lie at corners of
   * magnitudes. For norms whose squares float32 flushes to 0 or overflows only [−1, 1] is claimed.
   */
  @Override
  public Box range(Box x) {
    double units = x.size() + 8;
    RealInterval one = new RealInterval(-1, 1).wider(units * 0x1p-23);
    boolean lost = norm(magnitudes(x, false)) < 0x1p-50 || !(most(x) < Float.MAX_VALUE);
    Box y = new Box(new double[x.size()], new double[x.size()]);
    for (int i = 0; i < x.size(); i++) {
      RealInterval corners = new RealInterval(extreme(i, x, -1), extreme(i, x, 1));
      (lost ? one : corners.rounded(units)).put(y, i);
    }
    return y;
  }

  /** More than any sum of powers in float32. */
  private double most(Box x) {
    return 2 * DoubleStream.of(magnitudes(x, true)).map(this::power).sum();
  }

  private static double[] magnitudes(Box x, boolean largest) {
    double[] magnitudes = new double[x.size()];
    for (int i = 0; i < magnitudes.length; i++) {
      RealInterval one = RealInterval.of(x, i).abs();
      magnitudes[i] = largest ? one.hi() : one.lo();
    }
    return magnitudes;
  }

  private double extreme(int at, Box x, int side) {
    double own = side > 0 ? x.hi()[at] : x.lo()[at];
    double sum = power(own);
    for (int j = 0; j < x.size(); j++) {
      RealInterval other = RealInterval.of(x, j).abs();
      sum += j == at ? 0 : power(own * side > 0 ? other.lo() : other.hi());
    }
    return norm(sum) == 0 ? 0 : own / norm(sum);
  }
}
