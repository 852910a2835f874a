package dev.axiomml.core.op.reduce;

import dev.axiomml.core.op.Box;
import dev.axiomml.core.op.FamilyTypes;
import dev.axiomml.core.op.RealInterval;
import dev.axiomml.core.op.ReorderedOp;
import dev.axiomml.core.op.RowOp;
import dev.axiomml.core.op.SampleAxes;
import dev.axiomml.core.tensor.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A float function of all elements over some axes; a member states the function, its gradient and
 * its range.
 *
 * <p>Shape: the axes vanish, or become 1.
 */
interface FoldOp extends RowOp {
  /** The axes; negative ones count from the end, none means all. */
  List<Integer> axes();

  /** Whether the axes stay with size 1. */
  boolean keep();

  /** The same function over other axes. */
  FoldOp over(List<Integer> axes);

  /** The function of the first {@code n} elements. */
  double value(double[] x, int n);

  /** Its slope with respect to element {@code i}; {@code y} is its value. */
  double slope(double[] x, int i, double y);

  /** Its range over a box, float32 rounding included. */
  RealInterval range(Box x);

  private ReducedAxes reduction(List<Type> in) {
    return new ReducedAxes(title(), in.get(0).shape(), axes(), keep());
  }

  @Override
  default List<Type> infer(List<Type> in) {
    FamilyTypes.arity(this, in, 1);
    return List.of(Type.of(reduction(in).out(), FamilyTypes.floats(this, in)));
  }

  @Override
  default List<double[]> apply(List<Type> in, List<double[]> x) {
    double[] y = new double[reduction(in).out().count()];
    reduction(in).windows((out, members, count) -> y[out] = value(pick(x.get(0), members), count));
    return List.of(y);
  }

  private static double[] pick(double[] x, int[] members) {
    return Arrays.stream(members).mapToDouble(m -> x[m]).toArray();
  }

  @Override
  default List<double[]> vjp(List<Type> in, List<double[]> x, List<double[]> g) {
    double[] dx = new double[x.get(0).length];
    reduction(in)
        .windows(
            (out, members, count) -> {
              double[] own = pick(x.get(0), members);
              double y = value(own, count);
              for (int i = 0; i < count; i++) {
                dx[members[i]] = slope(own, i, y) * g.get(0)[out];
              }
            });
    return List.of(dx);
  }

  @Override
  default Optional<List<Box>> bound(List<Type> in, List<Box> x) {
    int size = reduction(in).out().count();
    Box y = new Box(new double[size], new double[size]);
    reduction(in)
        .windows(
            (out, m, count) ->
                range(new Box(pick(x.get(0).lo(), m), pick(x.get(0).hi(), m))).put(y, out));
    return Optional.of(List.of(y.sane()));
  }

  @Override
  default Optional<ReorderedOp> relaid(List<Type> in, int[] order) {
    ReducedAxes reduction = reduction(in);
    return Optional.of(new ReorderedOp(over(reduction.stored(order)), reduction.storedOut(order)));
  }

  @Override
  default OptionalInt rows(List<Type> in, SampleAxes samples) {
    return reduction(in).rows(samples);
  }
}
