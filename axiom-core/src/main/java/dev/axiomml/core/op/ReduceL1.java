package dev.axiomml.core.op;

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
  public Interval range(Box x) {
    double lo = 0;
    double hi = 0;
    for (int i = 0; i < x.size(); i++) {
      Interval a = Interval.of(x, i).abs();
      lo += a.lo();
      hi += a.hi();
    }
    double margin = (x.size() + 2) * Interval.U * 1.01;
    return new Interval(lo * (1 - margin), hi * (1 + margin))
        .wider(2.0 * x.size() * Interval.TINY) // elements and sums flushed to 0
        .within(0, Double.POSITIVE_INFINITY)
        .rounded(1);
  }

  @Override
  public Optional<Lowering> given(List<Type> in, List<Known> known) {
    return Optional.of(
        new Lowering() {
          @Override
          public <V> List<V> emit(Emitter<V> to, List<V> x) {
            return to.emit(new ReduceSum(axes, keep), to.emit(new Abs(), x));
          }
        });
  }
}
