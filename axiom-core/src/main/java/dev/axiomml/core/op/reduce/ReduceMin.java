package dev.axiomml.core.op.reduce;

import dev.axiomml.core.op.OpLowering;
import dev.axiomml.core.op.parts.PartsOp;
import dev.axiomml.core.op.scalar.Neg;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;

/**
 * The smallest over some axes, {@code −max(−x)}; NaN wins, +∞ where there are no elements. Exact.
 *
 * <p>Shape: the axes vanish, or become 1. Predictions and proofs take it in its parts; the first
 * smallest element gets all of the gradient.
 *
 * @param axes the axes; negative ones count from the end, none means all
 * @param keep whether they stay with size 1
 */
public record ReduceMin(List<Integer> axes, boolean keep) implements ReductionOp, PartsOp {
  /** Copies the list. */
  public ReduceMin {
    axes = List.copyOf(axes);
  }

  @Override
  public ReduceMin over(List<Integer> other) {
    return new ReduceMin(other, keep);
  }

  @Override
  public boolean isLowered(List<Type> in) {
    return true;
  }

  @Override
  public Optional<OpLowering> parts(List<Type> in) {
    return Optional.of(OpLowering.chain(new Neg(), new ReduceMax(axes, keep), new Neg()));
  }
}
