package dev.axiomml.core.op;

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
    Settings.fromZero("LayerNorm epsilon", epsilon);
    if (axes < 1) {
      throw new IllegalArgumentException("at least one axis is normed, got " + axes);
    }
  }

  @Override
  public Groups groups(Shape in) {
    return Groups.rows(in, axes);
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
    Groups.rows(this, in, axes, gamma);
    Groups.rows(this, in, axes, beta);
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
  public Optional<Relaid> relaid(List<Type> in, int[] order) {
    return Orders.keepsLast(order, axes) ? Optional.of(new Relaid(this, order)) : Optional.empty();
  }

  @Override
  public OptionalInt rows(List<Type> in, SampleAxes samples) {
    return samples.before(axes, in);
  }
}
