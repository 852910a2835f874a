package dev.axiomml.core.op.reduce;

import dev.axiomml.core.op.OpLowering;
import dev.axiomml.core.op.parts.PartsOp;
import dev.axiomml.core.op.scalar.Abs;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;

/**
 * Sum of magnitudes over some axes; NaN stays NaN.
 *
 * <p>Shape: the axes vanish, or become 1. Predictions and proofs take it in its parts.
 *
 * @param axes the axes; negative ones count from the end, none means all
 * @param keep whether they stay with size 1
 */
public record ReduceL1(List<Integer> axes, boolean keep) implements ReductionOp, PartsOp {
  /** Copies the list. */
  public ReduceL1 {
    axes = List.copyOf(axes);
  }

  @Override
  public ReduceL1 over(List<Integer> other) {
    return new ReduceL1(other, keep);
  }

  @Override
  public boolean isLowered(List<Type> in) {
    return true;
  }

  @Override
  public Optional<OpLowering> parts(List<Type> in) {
    return Optional.of(OpLowering.chain(new Abs(), new ReduceSum(axes, keep)));
  }
}
