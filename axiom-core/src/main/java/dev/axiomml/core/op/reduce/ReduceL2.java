package dev.axiomml.core.op.reduce;

import dev.axiomml.core.op.Box;
import dev.axiomml.core.op.KnownValue;
import dev.axiomml.core.op.OpEmitter;
import dev.axiomml.core.op.OpLowering;
import dev.axiomml.core.op.RealInterval;
import dev.axiomml.core.op.scalar.Sqrt;
import dev.axiomml.core.op.scalar.Square;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;

/**
 * Euclidean norm over some axes; NaN stays NaN.
 *
 * <p>Shape: the axes vanish, or become 1.
 *
 * @param axes the axes; negative ones count from the end, none means all
 * @param keep whether they stay with size 1
 */
public record ReduceL2(List<Integer> axes, boolean keep) implements FoldOp {
  /** Copies the list. */
  public ReduceL2 {
    axes = List.copyOf(axes);
  }

  @Override
  public ReduceL2 over(List<Integer> other) {
    return new ReduceL2(other, keep);
  }

  @Override
  public double value(double[] x, int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += x[i] * x[i];
    }
    return Math.sqrt(sum);
  }

  @Override
  public double slope(double[] x, int i, double y) {
    return y == 0 ? 0 : x[i] / y;
  }

  @Override
  public RealInterval range(Box x) {
    double lo = 0;
    double hi = 0;
    for (int i = 0; i < x.size(); i++) {
      RealInterval a = RealInterval.of(x, i).abs();
      lo += a.lo() * a.lo();
      hi += a.hi() * a.hi();
    }
    double margin = (x.size() + 2) * RealInterval.U * 1.01;
    double flushed = Math.sqrt(2.0 * x.size() * RealInterval.TINY); // squares and sums lost to 0
    return hi * (1 + margin) <= Float.MAX_VALUE
        ? new RealInterval(Math.sqrt(lo) * (1 - margin), Math.sqrt(hi) * (1 + margin))
            .wider(flushed)
            .within(0, Double.POSITIVE_INFINITY)
        : new RealInterval(0, Double.POSITIVE_INFINITY);
  }

  @Override
  public Optional<OpLowering> given(List<Type> in, List<KnownValue> known) {
    return Optional.of(
        new OpLowering() {
          @Override
          public <V> List<V> emit(OpEmitter<V> to, List<V> x) {
            return to.emit(
                new Sqrt(), to.emit(new ReduceSum(axes, keep), to.emit(new Square(), x)));
          }
        });
  }
}
