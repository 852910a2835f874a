package dev.axiomml.verify.bound;

import dev.axiomml.core.op.Box;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.scalar.HardSigmoid;
import dev.axiomml.core.op.scalar.Sigmoid;
import dev.axiomml.core.op.scalar.Tanh;
import java.util.Map;

/**
 * Functions whose float32 executions never leave a range, however they round: each kernel ends in a
 * quotient, a difference or a clip that cannot pass it.
 */
final class NaturalRanges {
  private static final Map<Class<? extends Op>, double[]> TABLE =
      Map.of(
          HardSigmoid.class, new double[] {0, 1},
          Sigmoid.class, new double[] {0, 1},
          Tanh.class, new double[] {-1, 1});

  private NaturalRanges() {}

  /** The box cut to the operator's range; a box that knows nothing stays, it may be NaN. */
  static Box cut(Op op, Box y) {
    double[] range = TABLE.get(op.getClass());
    for (int i = 0; range != null && i < y.size(); i++) {
      boolean known = y.lo()[i] > Double.NEGATIVE_INFINITY && y.hi()[i] < Double.POSITIVE_INFINITY;
      y.lo()[i] = known ? Math.max(y.lo()[i], range[0]) : y.lo()[i];
      y.hi()[i] = known ? Math.min(y.hi()[i], range[1]) : y.hi()[i];
    }
    return y;
  }
}
