package dev.axiomml.core.op;

import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;

/** What the largest and the smallest of values share. */
final class Extremes {
  private Extremes() {}

  static List<Type> infer(Op op, List<Type> in) {
    return List.of(Type.of(Pairs.out(op, in), Families.floats(op, in)));
  }

  static double[] of(Op op, List<Type> in, List<double[]> x, DoubleBinaryOperator pick) {
    int[][] at = Pairs.positions(op, in);
    double[] y = new double[at[0].length];
    for (int i = 0; i < y.length; i++) {
      y[i] = x.get(0)[at[0][i]];
      for (int k = 1; k < at.length; k++) {
        y[i] = pick.applyAsDouble(y[i], x.get(k)[at[k][i]]);
      }
    }
    return y;
  }

  /** Operands that are equal to the answer share the gradient, as in PyTorch. */
  static List<double[]> back(RowOp op, List<Type> in, List<double[]> x, double[] g) {
    int[][] at = Pairs.positions(op, in);
    double[] y = op.apply(in, x).get(0);
    List<double[]> back = x.stream().map(a -> new double[a.length]).toList();
    for (int i = 0; i < y.length; i++) {
      int winners = 0;
      for (int k = 0; k < at.length; k++) {
        winners += x.get(k)[at[k][i]] == y[i] ? 1 : 0;
      }
      for (int k = 0; k < at.length; k++) {
        back.get(k)[at[k][i]] += x.get(k)[at[k][i]] == y[i] ? g[i] / winners : 0;
      }
    }
    return back;
  }

  static Optional<List<Box>> bound(Op op, List<Type> in, List<Box> x, DoubleBinaryOperator pick) {
    double[] lo = of(op, in, x.stream().map(Box::lo).toList(), pick);
    double[] hi = of(op, in, x.stream().map(Box::hi).toList(), pick);
    return Optional.of(List.of(new Box(lo, hi).sane()));
  }

  /** A value broadcast to a shape, with a new last axis of size 1. */
  static <V> V standing(Emitter<V> to, V value, Shape out) {
    V wide = to.type(value).shape().equals(out) ? value : to.one(new Expand(out), List.of(value));
    return to.one(new Reshape(out.concat(Shape.of(1))), List.of(wide));
  }
}
