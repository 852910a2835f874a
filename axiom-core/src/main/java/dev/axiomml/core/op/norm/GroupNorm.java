package dev.axiomml.core.op.norm;

import dev.axiomml.core.op.ReorderedOp;
import dev.axiomml.core.op.common.OpSettings;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/**
 * Groups of channels of each sample brought to mean 0 and variance 1 over all pixels, then scaled
 * and shifted per channel.
 *
 * <p>Shape: (N, spatial…, C), unchanged; factors and offsets (C).
 *
 * @param groups how many equal groups the channels make
 * @param epsilon added to the variance, from 0
 */
public record GroupNorm(int groups, double epsilon) implements NormOp {
  /** Checks the settings. */
  public GroupNorm {
    OpSettings.fromZero("GroupNorm epsilon", epsilon);
    if (groups < 1) {
      throw new IllegalArgumentException("at least one group, got " + groups);
    }
  }

  @Override
  public NormGroups groups(Shape in) {
    return NormGroups.channels(in, groups);
  }

  @Override
  public boolean centred() {
    return true;
  }

  @Override
  public void check(Shape in, List<Shape> learned) {
    NormGroups.channels(this, in, groups);
    NormGroups.fits(this, in, learned);
  }

  @Override
  public GroupNorm withSettings(DoubleUnaryOperator change) {
    return new GroupNorm(groups, change.applyAsDouble(epsilon));
  }

  @Override
  public Optional<ReorderedOp> relaid(List<Type> in, int[] order) {
    return order[0] == 0 ? ReorderedOp.keepingLast(this, order, 1) : Optional.empty();
  }
}
