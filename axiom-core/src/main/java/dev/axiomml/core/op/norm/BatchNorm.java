package dev.axiomml.core.op.norm;

import dev.axiomml.core.op.Box;
import dev.axiomml.core.op.FamilyTypes;
import dev.axiomml.core.op.OpEmitter;
import dev.axiomml.core.op.OpLowering;
import dev.axiomml.core.op.ReorderedOp;
import dev.axiomml.core.op.common.CommonShapeRules;
import dev.axiomml.core.op.common.OpSettings;
import dev.axiomml.core.op.common.RealInterval;
import dev.axiomml.core.op.pair.Add;
import dev.axiomml.core.op.pair.Div;
import dev.axiomml.core.op.pair.Mul;
import dev.axiomml.core.op.pair.Sub;
import dev.axiomml.core.op.parts.PartsOp;
import dev.axiomml.core.op.scalar.Sqrt;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/**
 * Batch normalisation with running statistics: {@code (x − mean) / sqrt(variance + epsilon) · gamma
 * + beta} per channel.
 *
 * <p>Shape: x (…, C), unchanged; then gamma and beta, if wanted, mean and variance, all (C). This
 * is the inference form; the inference pass folds it into the layer before it or into a product and
 * a sum. Ioffe and Szegedy 2015.
 *
 * @param epsilon added to the variance, from 0
 */
public record BatchNorm(double epsilon) implements PartsOp {
  /** Checks the epsilon. */
  public BatchNorm {
    OpSettings.fromZero("BatchNorm epsilon", epsilon);
  }

  @Override
  public BatchNorm withSettings(DoubleUnaryOperator change) {
    return new BatchNorm(change.applyAsDouble(epsilon));
  }

  @Override
  public List<Type> infer(List<Type> in) {
    if (in.size() != 3) {
      FamilyTypes.arity(this, in, 5);
    }
    FamilyTypes.floats(this, in);
    for (Type channels : in.subList(1, in.size())) {
      CommonShapeRules.rank("batch norm weight", channels.shape(), 1);
      CommonShapeRules.channels("batch norm", in.get(0).shape(), channels.shape().dim(0));
    }
    return in.subList(0, 1);
  }

  /** {@code gamma / sqrt(variance + epsilon)} of the operands after the first. */
  public double[] factors(List<double[]> weights) {
    double[] factors = weights.get(weights.size() - 1).clone();
    boolean learned = weights.size() == 4;
    Arrays.setAll(
        factors, c -> (learned ? weights.get(0)[c] : 1) / Math.sqrt(factors[c] + epsilon));
    return factors;
  }

  /** {@code beta − mean · factor} of the operands after the first. */
  public double[] offsets(List<double[]> weights) {
    double[] mean = weights.get(weights.size() - 2);
    double[] offsets = factors(weights);
    boolean learned = weights.size() == 4;
    Arrays.setAll(offsets, c -> (learned ? weights.get(1)[c] : 0) - mean[c] * offsets[c]);
    return offsets;
  }

  @Override
  public Optional<OpLowering> parts(List<Type> in) {
    return Optional.of(
        new OpLowering() {
          @Override
          public <V> List<V> emit(OpEmitter<V> to, List<V> x) {
            DType dtype = to.type(x.get(0)).dtype();
            V more = to.constant(Tensor.ofDoubles(Shape.SCALAR, dtype, epsilon));
            V wide = to.one(new Add(), List.of(x.get(x.size() - 1), more));
            V deviation = to.one(new Sqrt(), List.of(wide));
            V centred = to.one(new Sub(), List.of(x.get(0), x.get(x.size() - 2)));
            V normed = to.one(new Div(), List.of(centred, deviation));
            return x.size() == 3
                ? List.of(normed)
                : to.emit(
                    new Add(), List.of(to.one(new Mul(), List.of(normed, x.get(1))), x.get(2)));
          }
        });
  }

  /** Holds for the parts and for a product and a sum of known factors. */
  @Override
  public Optional<List<Box>> bound(List<Type> in, List<Box> x) {
    Box y = new Box(new double[x.get(0).size()], new double[x.get(0).size()]);
    int channels = x.get(1).size();
    for (int i = 0; i < y.size(); i++) {
      channel(RealInterval.of(x.get(0), i), x, i % channels).put(y, i);
    }
    return Optional.of(List.of(y.sane()));
  }

  private RealInterval channel(RealInterval x, List<Box> all, int c) {
    RealInterval mean = RealInterval.of(all.get(all.size() - 2), c);
    RealInterval variance = RealInterval.of(all.get(all.size() - 1), c);
    boolean learned = all.size() == 5;
    RealInterval one = new RealInterval(1, 1);
    RealInterval gamma = learned ? RealInterval.of(all.get(1), c) : one;
    RealInterval beta = learned ? RealInterval.of(all.get(2), c) : new RealInterval(0, 0);
    if (!(variance.lo() + epsilon >= RealInterval.TINY)) {
      return RealInterval.ANY;
    }
    RealInterval share =
        new RealInterval(
            1 / Math.sqrt(variance.hi() + epsilon), 1 / Math.sqrt(variance.lo() + epsilon));
    RealInterval factor = gamma.times(share);
    RealInterval centred = new RealInterval(x.lo() - mean.hi(), x.hi() - mean.lo());
    RealInterval scaled = centred.times(factor);
    double size = (x.size() + mean.size()) * factor.size() + beta.size();
    return new RealInterval(scaled.lo() + beta.lo(), scaled.hi() + beta.hi())
        .wider(8 * RealInterval.U * size + 8 * RealInterval.TINY * (1 + factor.size()));
  }

  /** The last axis must stay last. */
  @Override
  public Optional<ReorderedOp> relaid(List<Type> in, int[] order) {
    return ReorderedOp.keepingLast(this, order, 1);
  }
}
