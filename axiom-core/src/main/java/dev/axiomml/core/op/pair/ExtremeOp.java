package dev.axiomml.core.op.pair;

import dev.axiomml.core.op.Box;
import dev.axiomml.core.op.FamilyTypes;
import dev.axiomml.core.op.GradientStep;
import dev.axiomml.core.op.ReorderedOp;
import dev.axiomml.core.op.RowOp;
import dev.axiomml.core.op.SampleAxes;
import dev.axiomml.core.op.common.BroadcastPairs;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

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
  default <V> List<Optional<V>> gradient(GradientStep<V> at) {
    V none = at.times(at.y(), 0);
    List<V> wins = new ArrayList<>();
    V count = none;
    for (V x : at.in()) {
      V equal = at.one(new Compare(Compare.Kind.EQUAL), List.of(x, at.y()));
      wins.add(equal);
      count = at.plus(count, at.one(new Where(), List.of(equal, at.plus(none, 1), none)));
    }
    V share = at.over(at.g(), count);
    List<V> back = new ArrayList<>();
    for (V win : wins) {
      back.add(at.undone(at.one(new Where(), List.of(win, share, none)), back.size()));
    }
    return at.first(back);
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
