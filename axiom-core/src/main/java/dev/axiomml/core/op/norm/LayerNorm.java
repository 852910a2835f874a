package dev.axiomml.core.op.norm;

import dev.axiomml.core.op.ReorderedOp;
import dev.axiomml.core.op.common.OpSettings;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/**
 * Rows over the last axes brought to mean 0 and variance 1, then scaled and shifted element by
 * element.
 *
 * <p>Shape: any, unchanged; factors and offsets have the sizes of the last axes.
 *
 * @param axes how many of the last axes make a row
 * @param epsilon added to the variance, from 0
 */
public record LayerNorm(int axes, double epsilon) implements NormOp {
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
  public void check(Shape in, List<Shape> learned) {
    NormGroups.rows(this, in, axes, learned);
  }

  @Override
  public LayerNorm withSettings(DoubleUnaryOperator change) {
    return new LayerNorm(axes, change.applyAsDouble(epsilon));
  }

  @Override
  public Optional<ReorderedOp> relaid(List<Type> in, int[] order) {
    return ReorderedOp.keepingLast(this, order, axes);
  }
}
