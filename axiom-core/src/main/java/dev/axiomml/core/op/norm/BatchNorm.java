package dev.axiomml.core.op.norm;

import dev.axiomml.core.op.AxisOrderSettings;
import dev.axiomml.core.op.BroadcastNests;
import dev.axiomml.core.op.CommonShapeRules;
import dev.axiomml.core.op.OpSettings;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.ReorderedOp;
import dev.axiomml.core.op.SampleAxes;
import dev.axiomml.core.op.SumOp;
import dev.axiomml.core.op.SumTerm;
import dev.axiomml.core.op.linear.WeightChecks;
import dev.axiomml.core.op.pair.Scale;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;

/**
 * Batch normalisation with running statistics: {@code (x − mean) / sqrt(variance + epsilon) · gamma
 * + beta} per channel.
 *
 * <p>Shape: (…, C), unchanged. This is the inference form; the inference pass folds it into the
 * layer before it or into a {@link Scale}. Ioffe and Szegedy 2015.
 *
 * @param statistics mean and variance, both (C)
 * @param affine gamma and beta, both (C), or nothing
 * @param epsilon added to the variance, > 0
 */
public record BatchNorm(List<Parameter> statistics, List<Parameter> affine, double epsilon)
    implements SumOp {
  /** Checks counts and shapes. */
  public BatchNorm {
    OpSettings.fromZero("BatchNorm epsilon", epsilon);
    statistics = List.copyOf(statistics);
    affine = List.copyOf(affine);
    if (statistics.size() != 2 || (affine.size() != 2 && !affine.isEmpty())) {
      throw new IllegalArgumentException(
          "batch norm holds mean and variance, and gamma and beta or nothing");
    }
    Shape shape = Shape.of(statistics.get(0).tensor().size());
    statistics.forEach(p -> WeightChecks.require("batch norm statistic", p, shape));
    affine.forEach(p -> WeightChecks.require("batch norm weight", p, shape));
  }

  /** Channels. */
  public int channels() {
    return statistics.get(0).tensor().size();
  }

  @Override
  public List<Parameter> parameters() {
    List<Parameter> all = new ArrayList<>(affine);
    all.addAll(statistics);
    return all;
  }

  @Override
  public BatchNorm withParameters(UnaryOperator<Parameter> change) {
    return new BatchNorm(
        statistics.stream().map(change).toList(), affine.stream().map(change).toList(), epsilon);
  }

  @Override
  public BatchNorm withSettings(DoubleUnaryOperator change) {
    return new BatchNorm(statistics, affine, change.applyAsDouble(epsilon));
  }

  @Override
  public Shape out(List<Shape> in) {
    CommonShapeRules.channels("batch norm", in.get(0), channels());
    return in.get(0);
  }

  /** gamma / sqrt(variance + epsilon), in double precision. */
  public double[] factors() {
    double[] factors = new double[channels()];
    for (int c = 0; c < factors.length; c++) {
      double gamma = affine.isEmpty() ? 1 : affine.get(0).tensor().doubleAt(c);
      factors[c] = gamma / Math.sqrt(statistics.get(1).tensor().doubleAt(c) + epsilon);
    }
    return factors;
  }

  /** beta − mean · factor, in double precision. */
  public double[] offsets() {
    double[] offsets = factors();
    for (int c = 0; c < offsets.length; c++) {
      double beta = affine.isEmpty() ? 0 : affine.get(1).tensor().doubleAt(c);
      offsets[c] = beta - statistics.get(0).tensor().doubleAt(c) * offsets[c];
    }
    return offsets;
  }

  @Override
  public Tensor table(List<Shape> in) {
    return Tensor.ofDoubles(Shape.of(channels()), DType.FLOAT64, factors());
  }

  @Override
  public Optional<Tensor> offset(List<Shape> in) {
    return Optional.of(Tensor.ofDoubles(Shape.of(channels()), DType.FLOAT64, offsets()));
  }

  @Override
  public int extraRoundings() {
    return 3;
  }

  @Override
  public List<SumTerm> terms(List<Shape> in) {
    return List.of(SumTerm.own(0, List.of(BroadcastNests.products(in.get(0), Shape.of(channels()), in.get(0)))));
  }

  /** The last axis must stay last. */
  @Override
  public Optional<ReorderedOp> relaid(List<Type> in, int[] order) {
    return AxisOrderSettings.keepsLast(order, 1)
        ? Optional.of(new ReorderedOp(this, order))
        : Optional.empty();
  }

  @Override
  public OptionalInt rows(List<Type> in, SampleAxes samples) {
    return samples.before(1, in);
  }
}
