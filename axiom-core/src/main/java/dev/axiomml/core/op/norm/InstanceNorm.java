package dev.axiomml.core.op.norm;

import dev.axiomml.core.op.AxisOrderSettings;
import dev.axiomml.core.op.OpSettings;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.ReorderedOp;
import dev.axiomml.core.op.SampleAxes;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;

/**
 * Each channel of each sample brought to mean 0 and variance 1 over all pixels, then scaled and
 * shifted.
 *
 * <p>Shape: (N, spatial…, C), unchanged; factors and offsets (C).
 *
 * @param gamma factors
 * @param beta offsets
 * @param epsilon added to the variance, from 0
 */
public record InstanceNorm(Optional<Parameter> gamma, Optional<Parameter> beta, double epsilon)
    implements NormOp {
  /** Checks the settings. */
  public InstanceNorm {
    OpSettings.fromZero("InstanceNorm epsilon", epsilon);
  }

  @Override
  public NormGroups groups(Shape in) {
    return NormGroups.channels(in, in.size(-1));
  }

  @Override
  public boolean centred() {
    return true;
  }

  @Override
  public InstanceNorm bare() {
    return new InstanceNorm(Optional.empty(), Optional.empty(), epsilon);
  }

  @Override
  public void check(Shape in) {
    NormGroups.channels(this, in, 1);
    NormGroups.fits(this, in, parameters());
  }

  @Override
  public InstanceNorm withParameters(UnaryOperator<Parameter> change) {
    return new InstanceNorm(gamma.map(change), beta.map(change), epsilon);
  }

  @Override
  public InstanceNorm withSettings(DoubleUnaryOperator change) {
    return new InstanceNorm(gamma, beta, change.applyAsDouble(epsilon));
  }

  @Override
  public Optional<ReorderedOp> relaid(List<Type> in, int[] order) {
    return order[0] == 0 && AxisOrderSettings.keepsLast(order, 1)
        ? Optional.of(new ReorderedOp(this, order))
        : Optional.empty();
  }

  @Override
  public OptionalInt rows(List<Type> in, SampleAxes samples) {
    return samples.first(in);
  }
}
