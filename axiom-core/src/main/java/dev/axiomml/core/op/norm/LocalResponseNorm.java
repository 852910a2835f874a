package dev.axiomml.core.op.norm;

import dev.axiomml.core.op.Box;
import dev.axiomml.core.op.CommonShapeRules;
import dev.axiomml.core.op.FamilyTypes;
import dev.axiomml.core.op.OpSettings;
import dev.axiomml.core.op.RealInterval;
import dev.axiomml.core.op.ReorderedOp;
import dev.axiomml.core.op.RowOp;
import dev.axiomml.core.op.SampleAxes;
import dev.axiomml.core.op.TensorLanes;
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

  /** k and the weighed squares of the neighbours; those of the channel itself only when wanted. */
  private double sum(double[] x, TensorLanes.Lane lane, int i, boolean own) {
    double sum = strength.k();
    for (int j = Math.max(0, i - before); j <= Math.min(lane.n() - 1, i + after); j++) {
      sum += j == i && !own ? 0 : share() * x[lane.at(j)] * x[lane.at(j)];
    }
    return sum;
  }

  @Override
  public List<double[]> apply(List<Type> in, List<double[]> x) {
    double[] y = new double[x.get(0).length];
    TensorLanes.of(in.get(0).shape(), -1)
        .each(
            lane -> {
              for (int i = 0; i < lane.n(); i++) {
                y[lane.at(i)] =
                    x.get(0)[lane.at(i)]
                        / StrictMath.pow(sum(x.get(0), lane, i, true), strength.beta());
              }
            });
    return List.of(y);
  }

  @Override
  public List<double[]> vjp(List<Type> in, List<double[]> x, List<double[]> g) {
    double[] dx = new double[x.get(0).length];
    TensorLanes.of(in.get(0).shape(), -1)
        .each(
            lane -> {
              for (int i = 0; i < lane.n(); i++) {
                back(x.get(0), g.get(0)[lane.at(i)], dx, new Place(lane, i));
              }
            });
    return List.of(dx);
  }

  private record Place(TensorLanes.Lane lane, int i) {}

  private void back(double[] x, double g, double[] dx, Place at) {
    double sum = sum(x, at.lane, at.i, true);
    double scale = StrictMath.pow(sum, -strength.beta());
    double own = x[at.lane.at(at.i)];
    dx[at.lane.at(at.i)] += g * scale;
    for (int j = Math.max(0, at.i - before); j <= Math.min(at.lane.n() - 1, at.i + after); j++) {
      dx[at.lane.at(j)] -= g * own * strength.beta() * scale / sum * 2 * share() * x[at.lane.at(j)];
    }
  }

  /**
   * The magnitude falls with the neighbours'; in xᵢ itself it is odd with one hump on each side at
   * most.
   */
  @Override
  public Optional<List<Box>> bound(List<Type> in, List<Box> x) {
    Box y = new Box(new double[x.get(0).size()], new double[x.get(0).size()]);
    double[] least =
        Arrays.stream(indices(x.get(0)))
            .mapToDouble(i -> RealInterval.of(x.get(0), i).abs().lo())
            .toArray();
    double[] most =
        Arrays.stream(indices(x.get(0)))
            .mapToDouble(i -> RealInterval.of(x.get(0), i).size())
            .toArray();
    double ulps = 8 + (before + after + 8) * strength.beta();
    TensorLanes.of(in.get(0).shape(), -1)
        .each(
            lane -> {
              for (int i = 0; i < lane.n(); i++) {
                RealInterval own = RealInterval.of(x.get(0), lane.at(i));
                double small = sum(least, lane, i, false);
                double large = sum(most, lane, i, false);
                RealInterval.around(
                        at(own.lo(), small),
                        at(own.lo(), large),
                        at(own.hi(), small),
                        at(own.hi(), large),
                        hump(own, small, 1),
                        hump(own, small, -1),
                        overflows(own, large) ? 0 : at(own.lo(), small))
                    .rounded(ulps)
                    .put(y, lane.at(i));
              }
            });
    return Optional.of(List.of(y.sane()));
  }

  private static int[] indices(Box x) {
    return IntStream.range(0, x.size()).toArray();
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
