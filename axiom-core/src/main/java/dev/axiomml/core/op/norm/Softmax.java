package dev.axiomml.core.op.norm;

import dev.axiomml.core.op.Box;
import dev.axiomml.core.op.GradientStep;
import dev.axiomml.core.op.common.ExponentialSums;
import dev.axiomml.core.op.common.RealInterval;
import dev.axiomml.core.op.common.TensorLanes;
import dev.axiomml.core.op.index.LaneOp;
import dev.axiomml.core.op.reduce.ReduceSum;
import dev.axiomml.core.tensor.DType;
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
 * @param stepwise whether float16 and bfloat16 round after each step, as in the reference of ONNX,
 *     rather than once at the end; nothing to other types
 */
public record Softmax(int axis, boolean stepwise) implements LaneOp {
  /** Rounded once. */
  public Softmax(int axis) {
    this(axis, false);
  }

  @Override
  public Softmax along(int other) {
    return new Softmax(other, stepwise);
  }

  @Override
  public List<double[]> apply(List<Type> in, List<double[]> x) {
    DType dtype = in.get(0).dtype();
    boolean narrow = dtype == DType.FLOAT16 || dtype == DType.BFLOAT16;
    if (!stepwise || !narrow) {
      return LaneOp.super.apply(in, x);
    }
    double[] y = new double[x.get(0).length];
    TensorLanes.of(in.get(0).shape(), axis)
        .each(lane -> lane.put(NarrowSoftmax.of(dtype, lane.of(x.get(0))), y));
    return List.of(y);
  }

  @Override
  public double[] value(double[] x) {
    double max = ExponentialSums.largest(x);
    double[] y = new double[x.length];
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      y[i] = StrictMath.exp(x[i] - max);
      sum += y[i];
    }
    for (int i = 0; i < x.length; i++) {
      y[i] /= sum;
    }
    return y;
  }

  @Override
  public <V> List<Optional<V>> gradient(GradientStep<V> at) {
    V sum = at.one(new ReduceSum(List.of(axis), true), at.times(at.y(), at.g()));
    return at.first(at.times(at.y(), at.minus(at.g(), sum)));
  }

  /**
   * pᵢ = 1 / (1 + Σ exp(xⱼ − xᵢ)) falls in every xⱼ and rises in xᵢ, so its extremes lie at
   * corners. A lane with an unbounded input may be NaN as a whole.
   */
  @Override
  public Box range(Box x) {
    Box y = new Box(new double[x.size()], new double[x.size()]);
    double margin = margin(x.size());
    for (int i = 0; i < x.size(); i++) {
      double least = corner(x.lo()[i], x.hi(), i) * (1 - margin) - RealInterval.TINY;
      double most = corner(x.hi()[i], x.lo(), i) * (1 + margin) + RealInterval.TINY;
      y.lo()[i] = x.isFinite() ? Math.max(0, least) : Double.NaN;
      y.hi()[i] = Math.min(1, most);
    }
    return y;
  }

  private static double corner(double own, double[] others, int skipped) {
    double sum = 1;
    for (int j = 0; j < others.length; j++) {
      sum += j == skipped ? 0 : StrictMath.exp(others[j] - own);
    }
    return 1 / sum;
  }

  /**
   * Relative error of a float32 row: the difference x − max is rounded (its error is at most half
   * an ulp of a number that matters only down to −104, below which exp is smaller than any float),
   * exp is within 4 ulps, the sum of n terms and the quotient round.
   */
  private static double margin(int n) {
    return (104 * 2 + 2 * 8 + n + 4) * RealInterval.U * 1.01;
  }
}
