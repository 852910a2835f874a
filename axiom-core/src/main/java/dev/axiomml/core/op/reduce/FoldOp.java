package dev.axiomml.core.op.reduce;

import dev.axiomml.core.op.Box;
import dev.axiomml.core.op.common.RealInterval;
import dev.axiomml.core.tensor.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A reduction of which a member states the function of one output, its gradient and its range. */
interface FoldOp extends ReductionOp {
  /** The function of some elements. */
  double value(double[] x);

  /** Its range over a box, float32 rounding included. */
  RealInterval range(Box x);

  @Override
  default List<double[]> apply(List<Type> in, List<double[]> x) {
    double[] y = new double[reduction(in).out().count()];
    reduction(in).windows((out, members, count) -> y[out] = value(pick(x.get(0), members)));
    return List.of(y);
  }

  private static double[] pick(double[] x, int[] members) {
    return Arrays.stream(members).mapToDouble(m -> x[m]).toArray();
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
}
