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
 * Rows over the last axes brought to mean 0 and variance 1, then scaled and shifted element by
 * element.
 *
 * <p>Shape: any, unchanged; factors and offsets have the sizes of the last axes.
 *
 * @param axes how many of the last axes make a row
 * @param gamma factors
 * @param beta offsets
 * @param epsilon added to the variance, from 0
 */
public record LayerNorm(
    int axes, Optional<Parameter> gamma, Optional<Parameter> beta, double epsilon)
    implements NormOp {
  /** Checks the settings. */
  public LayerNorm {
    OpSettings.fromZero("LayerNorm epsilon", epsilon);
    if (axes < 1) {
      throw new IllegalArgumentException("at least one axis is normed, got " + axes);
    }
  }

  @Override
  public NormGroups groups(Shape in) {
    return NormGroups.rows(in, axes);
  }

  @Override
  public boolean centred() {
    return true;
  }

  @Override
  public LayerNorm bare() {
    return new LayerNorm(axes, Optional.empty(), Optional.empty(), epsilon);
  }

  @Override
  public void check(Shape in) {
    NormGroups.rows(this, in, axes, gamma);
    NormGroups.rows(this, in, axes, beta);
  }

  @Override
  public LayerNorm withParameters(UnaryOperator<Parameter> change) {
    return new LayerNorm(axes, gamma.map(change), beta.map(change), epsilon);
  }

  @Override
  public LayerNorm withSettings(DoubleUnaryOperator change) {
    return new LayerNorm(axes, gamma, beta, change.applyAsDouble(epsilon));
  }

  @Override
  public Optional<ReorderedOp> relaid(List<Type> in, int[] order) {
    return AxisOrderSettings.keepsLast(order, axes)
        ? Optional.of(new ReorderedOp(this, order))
        : Optional.empty();
  }

  @Override
  public OptionalInt rows(List<Type> in, SampleAxes samples) {
    return samples.before(axes, in);
  }
}
