package dev.axiomml.core.op.reduce;

import dev.axiomml.core.linear.LinearEngine;
import dev.axiomml.core.op.OpLowering;
import dev.axiomml.core.op.PartsOp;
import dev.axiomml.core.op.scalar.Sqrt;
import dev.axiomml.core.op.scalar.Square;
import dev.axiomml.core.tensor.Type;
import java.util.Arrays;
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

  /** {@code x · g / y}: the root of the parts has no slope at zero. */
  @Override
  public List<double[]> vjp(List<Type> in, List<double[]> x, List<double[]> g) {
    double[] share = apply(in, x).get(0);
    Arrays.setAll(share, o -> share[o] == 0 ? 0 : g.get(0)[o] / share[o]);
    double[] dx = new double[x.get(0).length];
    LinearEngine.plain().run(List.of(reduction(in).nest().transposed()), dx, share, new double[0]);
    Arrays.setAll(dx, i -> dx[i] * x.get(0)[i]);
    return List.of(dx);
  }
}
