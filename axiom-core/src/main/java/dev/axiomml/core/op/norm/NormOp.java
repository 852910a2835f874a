package dev.axiomml.core.op.norm;

import dev.axiomml.core.op.Box;
import dev.axiomml.core.op.Composite;
import dev.axiomml.core.op.FamilyTypes;
import dev.axiomml.core.op.GradientStep;
import dev.axiomml.core.op.OpEmitter;
import dev.axiomml.core.op.OpLowering;
import dev.axiomml.core.op.RowOp;
import dev.axiomml.core.op.SampleAxes;
import dev.axiomml.core.op.common.RealInterval;
import dev.axiomml.core.op.move.Reshape;
import dev.axiomml.core.op.pair.Add;
import dev.axiomml.core.op.pair.Mul;
import dev.axiomml.core.op.reduce.ReduceMean;
import dev.axiomml.core.op.scalar.PowConstant;
import dev.axiomml.core.op.scalar.Square;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Groups of elements brought to mean 0 and variance 1, or only to mean square 1, then scaled and
 * shifted.
 *
 * <p>Operands are x and, if wanted, gamma, then beta, one number for each of {@link
 * NormGroups#channel}: {@code y = (x − m) / √(v + ε) · gamma + beta}, v being the mean of squares
 * after m is taken off; m is 0 unless centred.
 */
public interface NormOp extends RowOp, Composite {
  /** The groups in an input. */
  NormGroups groups(Shape in);

  /** What is added to the variance. */
  double epsilon();

  /** Whether the mean is taken off. */
  boolean centred();

  /** Refuses inputs that it does not fit, and factors or offsets that do not fit them. */
  void check(Shape in, List<Shape> learned);

  @Override
  default List<Type> infer(List<Type> in) {
    FamilyTypes.arity(this, in, 1, 3);
    FamilyTypes.floats(this, in);
    List<Shape> shapes = FamilyTypes.shapes(in);
    check(shapes.get(0), shapes.subList(1, shapes.size()));
    return in.subList(0, 1);
  }

  private static double factor(List<double[]> x, int channel) {
    return x.size() > 1 ? x.get(1)[channel] : 1;
  }

  private static double offset(List<double[]> x, int channel) {
    return x.size() > 2 ? x.get(2)[channel] : 0;
  }

  @Override
  default List<double[]> apply(List<Type> in, List<double[]> x) {
    NormGroups groups = groups(in.get(0).shape());
    double[] y = GroupMoments.of(x.get(0), groups, this).normed(x.get(0));
    Arrays.setAll(y, i -> y[i] * factor(x, groups.channel(i)) + offset(x, groups.channel(i)));
    return List.of(y);
  }

  /**
   * With n = normed x: {@code dx = (d − mean d − n · mean (d·n)) / √(v + ε)}, d being the gradient
   * times gamma; gamma's is the sum of gradients times n, beta's of gradients.
   */
  @Override
  default <V> List<Optional<V>> gradient(GradientStep<V> at) {
    Shape shape = at.type(at.x(0)).shape();
    NormGroups groups = groups(shape);
    ReduceMean mean = new ReduceMean(List.of(1, 3), true);
    V x = at.one(new Reshape(groups.shape()), at.x(0));
    V off = centred() ? at.minus(x, at.one(mean, x)) : x;
    V variance = at.plus(at.one(mean, at.one(new Square(), off)), epsilon());
    V share = at.one(new PowConstant(-0.5), variance);
    V normed = at.times(off, share);
    V learned = at.in().size() > 1 ? at.times(at.g(), at.x(1)) : at.g();
    V d = at.one(new Reshape(groups.shape()), learned);
    V along = at.times(normed, at.one(mean, at.times(d, normed)));
    V rest = centred() ? at.minus(at.minus(d, at.one(mean, d)), along) : at.minus(d, along);
    List<V> back = new ArrayList<>();
    back.add(at.one(new Reshape(shape), at.times(rest, share)));
    if (at.in().size() > 1) {
      back.add(at.undone(at.times(at.g(), at.one(new Reshape(shape), normed)), 1));
    }
    if (at.in().size() > 2) {
      back.add(at.undone(at.g(), 2));
    }
    return at.first(back);
  }

  @Override
  default Optional<List<Box>> bound(List<Type> in, List<Box> x) {
    NormGroups groups = groups(in.get(0).shape());
    Box y = new Box(new double[x.get(0).size()], new double[x.get(0).size()]);
    groups.each(
        at -> {
          NormBounds bounds = NormBounds.of(x.get(0), at, this);
          for (int i = 0; i < at.length; i++) {
            learned(bounds.of(i), groups.channel(at[i]), x).put(y, at[i]);
          }
        });
    return Optional.of(List.of(y.sane()));
  }

  private static RealInterval learned(RealInterval normed, int channel, List<Box> x) {
    if (x.size() == 1) {
      return normed;
    }
    RealInterval product = normed.times(RealInterval.of(x.get(1), channel));
    RealInterval offset =
        x.size() > 2 ? RealInterval.of(x.get(2), channel) : new RealInterval(0, 0);
    RealInterval sum = new RealInterval(product.lo() + offset.lo(), product.hi() + offset.hi());
    return sum.wider(
        RealInterval.U * 2.01 * (product.size() + offset.size()) + 2.01 * RealInterval.TINY);
  }

  /** Samples lie along an axis before all that are normed. */
  @Override
  default OptionalInt rows(List<Type> in, SampleAxes samples) {
    Shape shape = in.get(0).shape();
    int apart = groups(shape).sizes()[0];
    return samples.beside(axis -> shape.sub(0, axis + 1).count() > apart);
  }

  @Override
  default Optional<OpLowering> parts(List<Type> in) {
    return in.size() == 1 ? Optional.empty() : Optional.of(new Apart(this));
  }

  /** The norm without factors and offsets, then a product and a sum. */
  record Apart(NormOp norm) implements OpLowering {
    @Override
    public <V> List<V> emit(OpEmitter<V> to, List<V> in) {
      V normed = to.one(norm, in.subList(0, 1));
      V scaled = to.one(new Mul(), List.of(normed, in.get(1)));
      return in.size() == 2 ? List.of(scaled) : to.emit(new Add(), List.of(scaled, in.get(2)));
    }
  }
}
