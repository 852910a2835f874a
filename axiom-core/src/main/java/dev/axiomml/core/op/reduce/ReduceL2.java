package dev.axiomml.core.op.reduce;

import dev.axiomml.core.op.GradientStep;
import dev.axiomml.core.op.OpLowering;
import dev.axiomml.core.op.parts.PartsOp;
import dev.axiomml.core.op.scalar.Sign;
import dev.axiomml.core.op.scalar.Sqrt;
import dev.axiomml.core.op.scalar.Square;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;

/**
 * Euclidean norm over some axes; NaN stays NaN, and the gradient of a norm of zero is zero.
 *
 * <p>Shape: the axes vanish, or become 1. Predictions and proofs take it in its parts.
 *
 * @param axes the axes; negative ones count from the end, none means all
 * @param keep whether they stay with size 1
 */
public record ReduceL2(List<Integer> axes, boolean keep) implements ReductionOp, PartsOp {
  /** Copies the list. */
  public ReduceL2 {
    axes = List.copyOf(axes);
  }

  @Override
  public ReduceL2 over(List<Integer> other) {
    return new ReduceL2(other, keep);
  }

  @Override
  public boolean isLowered(List<Type> in) {
    return true;
  }

  @Override
  public Optional<OpLowering> parts(List<Type> in) {
    return Optional.of(OpLowering.chain(new Square(), new ReduceSum(axes, keep), new Sqrt()));
  }

  @Override
  public boolean isDifferentiatedByParts() {
    return false;
  }

  /** {@code x · g / y}: the root of the parts has no slope at zero. */
  @Override
  public <V> List<Optional<V>> gradient(GradientStep<V> at) {
    V share = at.times(at.g(), at.share(at.y(), new Sign()));
    return at.first(at.times(at.x(0), kept(at, share)));
  }
}
