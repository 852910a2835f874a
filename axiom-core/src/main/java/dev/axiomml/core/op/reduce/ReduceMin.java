package dev.axiomml.core.op.reduce;

import dev.axiomml.core.op.Box;
import dev.axiomml.core.op.FamilyTypes;
import dev.axiomml.core.op.KnownValue;
import dev.axiomml.core.op.OpEmitter;
import dev.axiomml.core.op.OpLowering;
import dev.axiomml.core.op.ReorderedOp;
import dev.axiomml.core.op.RowOp;
import dev.axiomml.core.op.SampleAxes;
import dev.axiomml.core.op.scalar.Neg;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The smallest over some axes; NaN wins, +∞ where there are no elements.
 *
 * <p>Shape: the axes vanish, or become 1. In the inference graph it becomes {@code −max(−x)}, which
 * is exact and has linear bounds.
 *
 * @param axes the axes; negative ones count from the end, none means all
 * @param keep whether they stay with size 1
 */
public record ReduceMin(List<Integer> axes, boolean keep) implements RowOp {
  /** Copies the list. */
  public ReduceMin {
    axes = List.copyOf(axes);
  }

  private ReducedAxes over(List<Type> in) {
    return new ReducedAxes("min", in.get(0).shape(), axes, keep);
  }

  @Override
  public List<Type> infer(List<Type> in) {
    FamilyTypes.arity(this, in, 1);
    return List.of(Type.of(over(in).out(), FamilyTypes.floats(this, in)));
  }

  @Override
  public List<double[]> apply(List<Type> in, List<double[]> x) {
    return List.of(smallest(in, x.get(0)));
  }

  private double[] smallest(List<Type> in, double[] x) {
    double[] y = new double[over(in).out().count()];
    over(in).windows((out, members, count) -> y[out] = smallest(x, members, count));
    return y;
  }

  private static double smallest(double[] x, int[] members, int count) {
    double min = Double.POSITIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      min = Math.min(min, x[members[i]]);
    }
    return min;
  }

  /** The first smallest element gets all of the gradient. */
  @Override
  public List<double[]> vjp(List<Type> in, List<double[]> x, List<double[]> g) {
    double[] y = apply(in, x).get(0);
    double[] dx = new double[x.get(0).length];
    over(in)
        .windows(
            (out, members, count) -> {
              int winner = first(x.get(0), members, y[out]);
              if (count > 0) {
                dx[members[winner]] += g.get(0)[out];
              }
            });
    return List.of(dx);
  }

  private static int first(double[] x, int[] members, double least) {
    for (int i = 0; i < members.length; i++) {
      if (Double.compare(x[members[i]], least) == 0) {
        return i;
      }
    }
    return 0;
  }

  /** Exact: the smallest rises with every element and is never rounded. */
  @Override
  public Optional<List<Box>> bound(List<Type> in, List<Box> x) {
    Box y = new Box(smallest(in, x.get(0).lo()), smallest(in, x.get(0).hi()));
    return Optional.of(List.of(y.sane()));
  }

  @Override
  public Optional<ReorderedOp> relaid(List<Type> in, int[] order) {
    ReducedAxes over = over(in);
    return Optional.of(
        new ReorderedOp(new ReduceMin(over.stored(order), keep), over.storedOut(order)));
  }

  @Override
  public Optional<OpLowering> given(List<Type> in, List<KnownValue> known) {
    ReduceMax max = new ReduceMax(axes, keep);
    return Optional.of(
        new OpLowering() {
          @Override
          public <V> List<V> emit(OpEmitter<V> to, List<V> x) {
            return to.emit(new Neg(), to.emit(max, to.emit(new Neg(), x)));
          }
        });
  }

  @Override
  public OptionalInt rows(List<Type> in, SampleAxes samples) {
    return over(in).rows(samples);
  }
}
