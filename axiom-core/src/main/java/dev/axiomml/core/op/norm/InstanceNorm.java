package dev.axiomml.core.op.norm;

import dev.axiomml.core.op.ReorderedOp;
import dev.axiomml.core.op.common.OpSettings;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/**
 * Each channel of each sample brought to mean 0 and variance 1 over all pixels, then scaled and
 * shifted.
 *
 * <p>Shape: (N, spatial…, C), unchanged; factors and offsets (C).
 *
 * @param epsilon added to the variance, from 0
 */
public record InstanceNorm(double epsilon) implements NormOp {
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
  public void check(Shape in, List<Shape> learned) {
    NormGroups.channels(this, in, 1);
    NormGroups.fits(this, in, learned);
  }

  @Override
  public InstanceNorm withSettings(DoubleUnaryOperator change) {
    return new InstanceNorm(change.applyAsDouble(epsilon));
  }

  @Override
  public Optional<ReorderedOp> relaid(List<Type> in, int[] order) {
    return order[0] == 0 ? ReorderedOp.keepingLast(this, order, 1) : Optional.empty();
  }
}
