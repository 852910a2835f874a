package dev.axiomml.core.op.norm;

import dev.axiomml.core.linear.LinearEngine;
import dev.axiomml.core.linear.LoopNest;
import dev.axiomml.core.op.Box;
import dev.axiomml.core.op.FamilyTypes;
import dev.axiomml.core.op.GradientStep;
import dev.axiomml.core.op.ReorderedOp;
import dev.axiomml.core.op.RowOp;
import dev.axiomml.core.op.SampleAxes;
import dev.axiomml.core.op.common.CommonShapeRules;
import dev.axiomml.core.op.common.OpSettings;
import dev.axiomml.core.op.common.RealInterval;
import dev.axiomml.core.op.gradient.NeighbourSum;
import dev.axiomml.core.op.scalar.PowConstant;
import dev.axiomml.core.op.scalar.Square;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.DoubleUnaryOperator;

/**
 * Elements divided by a power of the squares in neighbouring channels: {@code x / (k + alpha/n · Σ
 * x²)^beta}.
 *
 * <p>Shape: channels last, unchanged. The neighbours are {@code before} channels before and {@code
 * after} behind, n is how many they are with the channel itself, though some may be missing at the
 * ends.
 *
 * @param before neighbours before
 * @param after neighbours behind
 * @param strength alpha from 0, beta above 0, k from 2⁻⁹⁰, so that squares flushed to 0 are lost in
 *     it
 */
public record LocalResponseNorm(int before, int after, Strength strength) implements RowOp {
  /** alpha, beta and k. */
  public record Strength(double alpha, double beta, double k) {
    /** Refuses what makes no norm. */
    public Strength {
      OpSettings.fromZero("LocalResponseNorm alpha", alpha);
      OpSettings.positive("LocalResponseNorm beta", beta);
      OpSettings.positive("LocalResponseNorm k", k);
      if (k < 0x1p-90) {
        throw OpSettings.refused(
            "LocalResponseNorm k " + k,
            "squares that are flushed to 0 must be lost in k, so it is from 2⁻⁹⁰",
            "set k to 1");
      }
    }

    private Strength with(DoubleUnaryOperator change) {
      return new Strength(
          change.applyAsDouble(alpha), change.applyAsDouble(beta), change.applyAsDouble(k));
    }
  }

  /** Refuses negative neighbourhoods. */
  public LocalResponseNorm {
    if (before < 0 || after < 0) {
      throw new IllegalArgumentException("neighbours from 0, got " + before + " and " + after);
    }
  }

  private double share() {
    return strength.alpha() / (before + after + 1);
  }

  @Override
  public LocalResponseNorm withSettings(DoubleUnaryOperator change) {
    return new LocalResponseNorm(before, after, strength.with(change));
  }

  @Override
  public List<Type> infer(List<Type> in) {
    FamilyTypes.arity(this, in, 1);
    FamilyTypes.floats(this, in);
    CommonShapeRules.axis("local response norm", in.get(0).shape(), -1);
    return List.of(in.get(0));
  }

  /** k and the weighed squares of the neighbours; those of the channel itself only when wanted. */
  private double[] sums(Shape in, double[] x, boolean own) {
    double[] squares = Arrays.stream(x).map(v -> share() * v * v).toArray();
    double[] sums = new double[x.length];
    Arrays.fill(sums, strength.k());
    List<LoopNest> nests = new NeighbourSum(before, after, own).nests(0, List.of(in));
    LinearEngine.plain().run(nests, sums, squares, squares);
    return sums;
  }

  @Override
  public List<double[]> apply(List<Type> in, List<double[]> x) {
    double[] y = sums(in.get(0).shape(), x.get(0), true);
    Arrays.setAll(y, i -> x.get(0)[i] / StrictMath.pow(y[i], strength.beta()));
    return List.of(y);
  }

  /** With s the sum: {@code dx = g s^−beta − x · Σ 2 beta · share · g x s^(−beta − 1)}. */
  @Override
  public <V> List<Optional<V>> gradient(GradientStep<V> at) {
    V x = at.x(0);
    V squares = at.times(at.one(new Square(), x), share());
    V sum = at.plus(at.one(new NeighbourSum(before, after, true), squares), strength.k());
    V scaled = at.times(at.g(), at.one(new PowConstant(-strength.beta()), sum));
    V shares = at.over(at.times(at.times(scaled, x), -2 * strength.beta() * share()), sum);
    // what a channel draws on are the same channels seen from the other side
    V back = at.one(new NeighbourSum(after, before, true), shares);
    return at.first(at.plus(scaled, at.times(back, x)));
  }

  /**
   * The magnitude falls with the neighbours'; in xᵢ itself it is odd with one hump on each side at
   * most.
   */
  @Override
  public Optional<List<Box>> bound(List<Type> in, List<Box> x) {
    int size = x.get(0).size();
    Box y = new Box(new double[size], new double[size]);
    double[] least = new double[size];
    double[] most = new double[size];
    Arrays.setAll(least, i -> RealInterval.of(x.get(0), i).abs().lo());
    Arrays.setAll(most, i -> RealInterval.of(x.get(0), i).size());
    double[] small = sums(in.get(0).shape(), least, false);
    double[] large = sums(in.get(0).shape(), most, false);
    for (int i = 0; i < size; i++) {
      range(RealInterval.of(x.get(0), i), small[i], large[i]).put(y, i);
    }
    return Optional.of(List.of(y.sane()));
  }

  /** The range over an interval and sums of the neighbours between two. */
  private RealInterval range(RealInterval own, double small, double large) {
    return RealInterval.around(
            at(own.lo(), small),
            at(own.lo(), large),
            at(own.hi(), small),
            at(own.hi(), large),
            hump(own, small, 1),
            hump(own, small, -1),
            overflows(own, large) ? 0 : at(own.lo(), small))
        .rounded(8 + (before + after + 8) * strength.beta());
  }

  /** Whether float32 may divide by infinity. */
  private boolean overflows(RealInterval own, double rest) {
    double most = 2 * Math.max(rest + share() * own.size() * own.size(), own.size() * own.size());
    return !(most < Float.MAX_VALUE && StrictMath.pow(most, strength.beta()) < Float.MAX_VALUE);
  }

  private double at(double own, double rest) {
    return own / StrictMath.pow(rest + share() * own * own, strength.beta());
  }

  /** The value at the hump where the interval holds it, else at an end. */
  private double hump(RealInterval own, double rest, int side) {
    double top = side * Math.sqrt(rest / (share() * (2 * strength.beta() - 1)));
    return own.holds(top) ? at(top, rest) : at(own.lo(), rest);
  }

  @Override
  public Optional<ReorderedOp> relaid(List<Type> in, int[] order) {
    return order[order.length - 1] == order.length - 1
        ? Optional.of(new ReorderedOp(this, order))
        : Optional.empty();
  }

  @Override
  public OptionalInt rows(List<Type> in, SampleAxes samples) {
    return samples.before(1, in);
  }
}
