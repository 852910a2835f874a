package dev.axiomml.core.op.reduce;

import dev.axiomml.core.op.Box;
import dev.axiomml.core.op.KnownValue;
import dev.axiomml.core.op.OpEmitter;
import dev.axiomml.core.op.OpLowering;
import dev.axiomml.core.op.RealInterval;
import dev.axiomml.core.op.scalar.Abs;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;

/**
 * Sum of magnitudes over some axes; NaN stays NaN.
 *
 * <p>Shape: the axes vanish, or become 1.
 *
 * @param axes the axes; negative ones count from the end, none means all
 * @param keep whether they stay with size 1
 */
public record ReduceL1(List<Integer> axes, boolean keep) implements FoldOp {
  /** Copies the list. */
  public ReduceL1 {
    axes = List.copyOf(axes);
  }

  @Override
  public ReduceL1 over(List<Integer> other) {
    return new ReduceL1(other, keep);
  }

  @Override
  public double value(double[] x, int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += Math.abs(x[i]);
    }
    return sum;
  }

  @Override
  public double slope(double[] x, int i, double y) {
    return Math.signum(x[i]);
  }

  @Override
  public RealInterval range(Box x) {
    double lo = 0;
    double hi = 0;
    for (int i = 0; i < x.size(); i++) {
      RealInterval a = RealInterval.of(x, i).abs();
      lo += a.lo();
      hi += a.hi();
    }
    double margin = (x.size() + 2) * RealInterval.U * 1.01;
    return new RealInterval(lo * (1 - margin), hi * (1 + margin))
        .wider(2.0 * x.size() * RealInterval.TINY) // elements and sums flushed to 0
        .within(0, Double.POSITIVE_INFINITY)
        .rounded(1);
  }

  @Override
  public Optional<OpLowering> given(List<Type> in, List<KnownValue> known) {
    return Optional.of(
        new OpLowering() {
          @Override
          public <V> List<V> emit(OpEmitter<V> to, List<V> x) {
            return to.emit(new ReduceSum(axes, keep), to.emit(new Abs(), x));
          }
        });
  }
}
