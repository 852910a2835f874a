package dev.axiomml.core.op.pair;

import dev.axiomml.core.op.Box;
import dev.axiomml.core.op.BroadcastPairs;
import dev.axiomml.core.op.FamilyTypes;
import dev.axiomml.core.op.ReorderedOp;
import dev.axiomml.core.op.RowOp;
import dev.axiomml.core.op.SampleAxes;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * One of one or more float values, element by element, broadcast from the right: the one that wins
 * every comparison; NaN wins. Exact.
 *
 * <p>Shape: all of them, broadcast.
 */
interface ExtremeOp extends RowOp {
  /** The winner of two. */
  double best(double a, double b);

  @Override
  default List<Type> infer(List<Type> in) {
    return List.of(Type.of(BroadcastPairs.out(this, in), FamilyTypes.floats(this, in)));
  }

  @Override
  default List<double[]> apply(List<Type> in, List<double[]> x) {
    int[][] at = BroadcastPairs.positions(this, in);
    double[] y = new double[at[0].length];
    for (int i = 0; i < y.length; i++) {
      y[i] = x.get(0)[at[0][i]];
      for (int k = 1; k < at.length; k++) {
        y[i] = best(y[i], x.get(k)[at[k][i]]);
      }
    }
    return List.of(y);
  }

  /** Operands that are equal to the answer share the gradient, as in PyTorch. */
  @Override
  default List<double[]> vjp(List<Type> in, List<double[]> x, List<double[]> g) {
    int[][] at = BroadcastPairs.positions(this, in);
    double[] y = apply(in, x).get(0);
    double[][] given = new double[at.length][y.length];
    for (int i = 0; i < y.length; i++) {
      int winners = 0;
      for (int k = 0; k < at.length; k++) {
        winners += x.get(k)[at[k][i]] == y[i] ? 1 : 0;
      }
      for (int k = 0; k < at.length; k++) {
        given[k][i] = x.get(k)[at[k][i]] == y[i] ? g.get(0)[i] / winners : 0;
      }
    }
    return IntStream.range(0, at.length)
        .mapToObj(k -> BroadcastPairs.gathered(this, in, k, given[k]))
        .toList();
  }

  /** It rises with every operand. */
  @Override
  default Optional<List<Box>> bound(List<Type> in, List<Box> x) {
    double[] lo = apply(in, x.stream().map(Box::lo).toList()).get(0);
    double[] hi = apply(in, x.stream().map(Box::hi).toList()).get(0);
    return Optional.of(List.of(new Box(lo, hi).sane()));
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
