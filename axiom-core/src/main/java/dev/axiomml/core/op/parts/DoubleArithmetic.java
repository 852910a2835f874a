package dev.axiomml.core.op.parts;

import dev.axiomml.core.linear.LinearEngine;
import dev.axiomml.core.linear.LoopNest;
import dev.axiomml.core.op.BroadcastNests;
import dev.axiomml.core.op.FamilyTypes;
import dev.axiomml.core.op.MoveOp;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.RowOp;
import dev.axiomml.core.op.ScalarOp;
import dev.axiomml.core.op.SumOp;
import dev.axiomml.core.op.SumTerm;
import dev.axiomml.core.op.WindowOp;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.Arrays;
import java.util.List;

/** Outputs of operators in double precision, as their families state them; shapes are fixed. */
public final class DoubleArithmetic {
  private static final LinearEngine ENGINE = LinearEngine.plain();
  private static final double[] NONE = {};

  private DoubleArithmetic() {}

  /** The outputs of an operator that does not only run. */
  public static List<double[]> outputs(Op op, List<Type> in, List<double[]> x) {
    List<Shape> shapes = FamilyTypes.shapes(in);
    if (op instanceof RowOp row) {
      return row.apply(in, x);
    } else if (op instanceof ScalarOp scalar) {
      return List.of(Arrays.stream(x.get(0)).map(scalar::value).toArray());
    } else if (op instanceof SumOp sum) {
      return List.of(sums(sum, shapes, x));
    } else if (op instanceof WindowOp window) {
      return List.of(largest(window, shapes.get(0), x.get(0)));
    }
    throw new IllegalStateException(op.title() + " has no outputs in double precision");
  }

  private static double[] sums(SumOp op, List<Shape> in, List<double[]> x) {
    double[] y = new double[op.out(in).count()];
    double[] own = op.table(in).toDoubles();
    for (SumTerm term : op.terms(in)) {
      double[] factor = term.isProduct() ? x.get(term.factor()) : own;
      ENGINE.run(term.nests(), y, x.get(term.operand()), factor);
    }
    if (op instanceof MoveOp move) {
      move.fill(in).ifPresent(b -> fill(move, in, y, b));
    }
    return y;
  }

  /** Fills the outputs that draw on nothing. */
  private static void fill(MoveOp op, List<Shape> in, double[] y, Tensor fill) {
    int[] drawn = new int[y.length];
    op.terms(in).forEach(term -> term.nests().forEach(nest -> nest.count(drawn)));
    double[] more = new double[y.length];
    LoopNest nest = BroadcastNests.plain(fill.shape(), op.out(in));
    ENGINE.run(List.of(nest), more, fill.toDoubles(), NONE);
    Arrays.setAll(y, o -> drawn[o] > 0 ? y[o] : more[o]);
  }

  private static double[] largest(WindowOp op, Shape in, double[] x) {
    double[] y = new double[op.out(in).count()];
    Arrays.fill(y, Double.NEGATIVE_INFINITY);
    op.windows(
        in,
        (out, members, count) -> {
          for (int i = 0; i < count; i++) {
            y[out] = Math.max(y[out], x[members[i]]);
          }
        });
    return y;
  }
}
