package dev.axiomml.core.op.pair;

import dev.axiomml.core.op.Box;
import dev.axiomml.core.op.FamilyTypes;
import dev.axiomml.core.op.ReorderedOp;
import dev.axiomml.core.op.RowOp;
import dev.axiomml.core.op.SampleAxes;
import dev.axiomml.core.op.common.BroadcastPairs;
import dev.axiomml.core.op.common.RealInterval;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * {@code y = f(a, b)} of two float values, broadcast from the right; a member states the function,
 * its slopes and its range on two intervals.
 */
interface PairOp extends RowOp {
  /** {@code f(a, b)} in double precision. */
  double value(double a, double b);

  /** A sound range on two intervals. */
  RealInterval range(RealInterval a, RealInterval b);

  /** How far a float32 execution may be from {@code f}, in units in the last place; 0 = exact. */
  double ulps();

  @Override
  default List<Type> infer(List<Type> in) {
    FamilyTypes.arity(this, in, 2);
    return List.of(Type.of(BroadcastPairs.out(this, in), FamilyTypes.floats(this, in)));
  }

  @Override
  default List<double[]> apply(List<Type> in, List<double[]> x) {
    int[][] at = BroadcastPairs.positions(this, in);
    double[] y = new double[at[0].length];
    for (int i = 0; i < y.length; i++) {
      y[i] = value(x.get(0)[at[0][i]], x.get(1)[at[1][i]]);
    }
    return List.of(y);
  }

  @Override
  default Optional<List<Box>> bound(List<Type> in, List<Box> x) {
    int[][] at = BroadcastPairs.positions(this, in);
    Box y = new Box(new double[at[0].length], new double[at[0].length]);
    for (int i = 0; i < y.size(); i++) {
      range(RealInterval.of(x.get(0), at[0][i]), RealInterval.of(x.get(1), at[1][i]))
          .rounded(ulps())
          .put(y, i);
    }
    return Optional.of(List.of(y.sane()));
  }

  @Override
  default Optional<ReorderedOp> relaid(List<Type> in, int[] order) {
    return Optional.of(new ReorderedOp(this, order));
  }

  @Override
  default OptionalInt rows(List<Type> in, SampleAxes samples) {
    return samples.broadcast(FamilyTypes.shapes(in));
  }
}
