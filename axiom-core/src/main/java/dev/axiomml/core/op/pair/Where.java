package dev.axiomml.core.op.pair;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.op.Box;
import dev.axiomml.core.op.FamilyTypes;
import dev.axiomml.core.op.GradientStep;
import dev.axiomml.core.op.ReorderedOp;
import dev.axiomml.core.op.RowOp;
import dev.axiomml.core.op.SampleAxes;
import dev.axiomml.core.op.common.BroadcastPairs;
import dev.axiomml.core.op.common.RealInterval;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Elements of the second value where the first is true, else of the third, all broadcast from the
 * right; exact.
 *
 * <p>Shape: all three, broadcast; bool, then two values of one float type.
 */
public record Where() implements RowOp {
  @Override
  public List<Type> infer(List<Type> in) {
    FamilyTypes.arity(this, in, 3);
    if (!in.get(0).isTensor() || in.get(0).dtype() != DType.BOOL) {
      throw new ShapeException(
          new Diagnosis(
              "where on a condition of " + in.get(0),
              "",
              "the condition of where is bool",
              "compare the value with 0 first"));
    }
    return List.of(
        Type.of(BroadcastPairs.out(this, in), FamilyTypes.floats(this, in.subList(1, 3))));
  }

  @Override
  public List<double[]> apply(List<Type> in, List<double[]> x) {
    int[][] at = BroadcastPairs.positions(this, in);
    double[] y = new double[at[0].length];
    for (int i = 0; i < y.length; i++) {
      int chosen = x.get(0)[at[0][i]] != 0 ? 1 : 2;
      y[i] = x.get(chosen)[at[chosen][i]];
    }
    return List.of(y);
  }

  @Override
  public <V> List<Optional<V>> gradient(GradientStep<V> at) {
    V none = at.times(at.g(), 0);
    V first = at.one(this, List.of(at.x(0), at.g(), none));
    V second = at.one(this, List.of(at.x(0), none, at.g()));
    return List.of(
        Optional.empty(), Optional.of(at.undone(first, 1)), Optional.of(at.undone(second, 2)));
  }

  /** Where the condition is known one of the two, else both together. */
  @Override
  public Optional<List<Box>> bound(List<Type> in, List<Box> x) {
    int[][] at = BroadcastPairs.positions(this, in);
    Box y = new Box(new double[at[0].length], new double[at[0].length]);
    for (int i = 0; i < y.size(); i++) {
      RealInterval condition = RealInterval.of(x.get(0), at[0][i]);
      RealInterval a = RealInterval.of(x.get(1), at[1][i]);
      RealInterval b = RealInterval.of(x.get(2), at[2][i]);
      (condition.lo() > 0 ? a : condition.hi() < 1 ? b : a.and(b)).put(y, i);
    }
    return Optional.of(List.of(y.sane()));
  }

  @Override
  public Optional<ReorderedOp> relaid(List<Type> in, int[] order) {
    return Optional.of(new ReorderedOp(this, order));
  }

  @Override
  public OptionalInt rows(List<Type> in, SampleAxes samples) {
    return samples.broadcast(FamilyTypes.shapes(in));
  }
}
