package dev.axiomml.core.op.norm;

import dev.axiomml.core.linear.LinearEngine;
import dev.axiomml.core.linear.Loop;
import dev.axiomml.core.linear.LoopNest;
import dev.axiomml.core.op.Box;
import dev.axiomml.core.op.CommonShapeRules;
import dev.axiomml.core.op.FamilyTypes;
import dev.axiomml.core.op.OpSettings;
import dev.axiomml.core.op.RealInterval;
import dev.axiomml.core.op.ReorderedOp;
import dev.axiomml.core.op.RowOp;
import dev.axiomml.core.op.SampleAxes;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

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

  /** Adds to each channel those beside it, and its own where wanted. */
  private List<LoopNest> neighbours(Shape in, boolean own) {
    int channels = in.size(-1);
    int pixels = in.sub(0, in.rank() - 1).count();
    return IntStream.rangeClosed(-Math.min(before, channels), Math.min(after, channels))
        .filter(by -> own || by != 0)
        .mapToObj(
            by ->
                LoopNest.plain(
                        List.of(
                            Loop.of(pixels, channels, channels),
                            Loop.of(channels - Math.abs(by), 1, 1)))
                    .from(Math.max(0, -by), Math.max(0, by), 0))
        .toList();
  }

  /** k and the weighed squares of the neighbours; those of the channel itself only when wanted. */
  private double[] sums(Shape in, double[] x, boolean own) {
    double[] squares = Arrays.stream(x).map(v -> share() * v * v).toArray();
    double[] sums = new double[x.length];
    Arrays.fill(sums, strength.k());
    LinearEngine.plain().run(neighbours(in, own), sums, squares, squares);
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
  public List<double[]> vjp(List<Type> in, List<double[]> x, List<double[]> g) {
    double[] sum = sums(in.get(0).shape(), x.get(0), true);
    double[] scaled = new double[sum.length];
    Arrays.setAll(scaled, i -> g.get(0)[i] * StrictMath.pow(sum[i], -strength.beta()));
    double[] shares = new double[sum.length];
    Arrays.setAll(shares, i -> -2 * strength.beta() * share() * scaled[i] * x.get(0)[i] / sum[i]);
    double[] dx = new double[sum.length];
    List<LoopNest> back =
        neighbours(in.get(0).shape(), true).stream().map(LoopNest::transposed).toList();
    LinearEngine.plain().run(back, dx, shares, shares);
    Arrays.setAll(dx, i -> scaled[i] + dx[i] * x.get(0)[i]);
    return List.of(dx);
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
