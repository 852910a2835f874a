package dev.axiomml.core.op.linear;

import dev.axiomml.core.op.AffineOp;
import dev.axiomml.core.op.AxisOrderSettings;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.ReorderedOp;
import dev.axiomml.core.op.SampleAxes;
import dev.axiomml.core.op.TapReceiver;
import dev.axiomml.core.tensor.IndexWalk;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/**
 * Known matrices times a value: {@code y = Ax} over the last two axes; the axes before are
 * broadcast.
 *
 * <p>Shape: A (…, n, k) and x (…, k, m) to (…, n, m).
 *
 * @param matrix A
 */
public record LeftMatMul(Parameter matrix) implements AffineOp {
  @Override
  public Optional<Parameter> weight() {
    return Optional.of(matrix);
  }

  @Override
  public LeftMatMul withParameters(UnaryOperator<Parameter> change) {
    return new LeftMatMul(change.apply(matrix));
  }

  @Override
  public Shape out(List<Shape> in) {
    return new MatMul().out(matrix.tensor().shape(), in.get(0));
  }

  @Override
  public void taps(int operand, List<Shape> in, TapReceiver taps) {
    Shape out = out(in);
    int n = out.size(-2);
    int m = out.size(-1);
    int k = in.get(0).size(-2);
    int[] values = matrices(in.get(0), out);
    int[] weights = matrices(matrix.tensor().shape(), out);
    for (int row = 0; row < values.length * n; row++) {
      int at = row / n;
      int weight = (weights[at] * n + row % n) * k;
      for (int i = 0; i < k; i++) {
        taps.line(row * m, 1, (values[at] * k + i) * m, 1, m, weight + i, 0);
      }
    }
  }

  /** The number of each matrix of an operand, in the order of the output's matrices. */
  private static int[] matrices(Shape operand, Shape out) {
    Shape lead = out.sub(0, out.rank() - 2);
    return IndexWalk.walk(
        lead.sizes(), IndexWalk.broadcast(operand.sub(0, operand.rank() - 2), lead));
  }

  @Override
  public Optional<ReorderedOp> relaid(List<Type> in, int[] order) {
    boolean alike = matrix.tensor().shape().rank() == 2 && AxisOrderSettings.keepsLast(order, 2);
    return alike ? Optional.of(new ReorderedOp(this, order)) : Optional.empty();
  }

  @Override
  public OptionalInt rows(List<Type> in, SampleAxes samples) {
    SampleAxes right = new SampleAxes(samples.batch(), List.of(SampleAxes.NONE, samples.of(0)));
    return MatMul.rows(matrix.tensor().shape(), in.get(0).shape(), right);
  }
}
