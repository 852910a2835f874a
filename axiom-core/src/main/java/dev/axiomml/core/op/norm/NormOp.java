package dev.axiomml.core.op.norm;

import dev.axiomml.core.op.Box;
import dev.axiomml.core.op.Composite;
import dev.axiomml.core.op.FamilyTypes;
import dev.axiomml.core.op.OpLowering;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.RealInterval;
import dev.axiomml.core.op.RowOp;
import dev.axiomml.core.op.pair.Scale;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Groups of elements brought to mean 0 and variance 1, or only to mean square 1, then scaled and
 * shifted by known numbers.
 *
 * <p>{@code y = (x − m) / √(v + ε) · gamma + beta}, v being the mean of squares after m is taken
 * off; m is 0 unless centred.
 */
public interface NormOp extends RowOp, Composite {
  /** The groups in an input. */
  NormGroups groups(Shape in);

  /** Factors, one for each of {@link NormGroups#channel}; empty for 1. */
  Optional<Parameter> gamma();

  /** Offsets, one for each of {@link NormGroups#channel}; empty for 0. */
  Optional<Parameter> beta();

  /** What is added to the variance. */
  double epsilon();

  /** Whether the mean is taken off. */
  boolean centred();

  /** The same without factors and offsets. */
  NormOp bare();

  /** Refuses inputs that it does not fit. */
  void check(Shape in);

  @Override
  default List<Parameter> parameters() {
    return Stream.of(gamma(), beta()).flatMap(Optional::stream).toList();
  }

  @Override
  default List<Type> infer(List<Type> in) {
    FamilyTypes.arity(this, in, 1);
    FamilyTypes.floats(this, in);
    check(in.get(0).shape());
    return List.of(in.get(0));
  }

  private double factor(int channel) {
    return gamma().map(p -> p.tensor().doubleAt(channel)).orElse(1.0);
  }

  private double offset(int channel) {
    return beta().map(p -> p.tensor().doubleAt(channel)).orElse(0.0);
  }

  @Override
  default List<double[]> apply(List<Type> in, List<double[]> x) {
    NormGroups groups = groups(in.get(0).shape());
    double[] y = GroupMoments.of(x.get(0), groups, this).normed(x.get(0));
    Arrays.setAll(y, i -> y[i] * factor(groups.channel(i)) + offset(groups.channel(i)));
    return List.of(y);
  }

  /**
   * With n = normed x: {@code dx = (d − mean d − n · mean (d·n)) / √(v + ε)}, d being the gradient
   * times gamma.
   */
  @Override
  default List<double[]> vjp(List<Type> in, List<double[]> x, List<double[]> g) {
    NormGroups groups = groups(in.get(0).shape());
    GroupMoments moments = GroupMoments.of(x.get(0), groups, this);
    double[] n = moments.normed(x.get(0));
    double[] d = new double[n.length];
    Arrays.setAll(d, i -> g.get(0)[i] * factor(groups.channel(i)));
    double[] mean = groups.mean(d);
    double[] dot = groups.mean(d, n);
    for (int i = 0; i < d.length; i++) {
      int group = groups.group(i);
      d[i] -= (centred() ? mean[group] : 0) + n[i] * dot[group];
      d[i] /= moments.deviation()[group];
    }
    return List.of(d);
  }

  @Override
  default Optional<List<Box>> bound(List<Type> in, List<Box> x) {
    NormGroups groups = groups(in.get(0).shape());
    Box y = new Box(new double[x.get(0).size()], new double[x.get(0).size()]);
    groups.each(
        at -> {
          NormBounds bounds = NormBounds.of(x.get(0), at, this);
          for (int i = 0; i < at.length; i++) {
            int channel = groups.channel(at[i]);
            scaled(bounds.of(i), factor(channel), offset(channel)).put(y, at[i]);
          }
        });
    return Optional.of(List.of(y.sane()));
  }

  private static RealInterval scaled(RealInterval normed, double factor, double offset) {
    RealInterval product = normed.times(new RealInterval(factor, factor));
    RealInterval sum = new RealInterval(product.lo() + offset, product.hi() + offset);
    return sum.wider(
        RealInterval.U * 2.01 * (product.size() + Math.abs(offset)) + 2.01 * RealInterval.TINY);
  }

  @Override
  default Optional<OpLowering> parts(List<Type> in) {
    if (gamma().isEmpty() && beta().isEmpty()) {
      return Optional.empty();
    }
    Shape shape = groups(in.get(0).shape()).channels();
    Parameter factor = gamma().orElseGet(() -> new Parameter("one" + shape, Tensor.full(shape, 1)));
    return Optional.of(OpLowering.chain(bare(), new Scale(factor, beta())));
  }
}
