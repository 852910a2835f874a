package dev.axiomml.core.op.linear;

import dev.axiomml.core.linear.LoopNest;
import dev.axiomml.core.op.SumOp;
import dev.axiomml.core.op.SumTerm;
import dev.axiomml.core.op.AxisOrderSettings;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.ReorderedOp;
import dev.axiomml.core.op.SampleAxes;
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
public record LeftMatMul(Parameter matrix) implements SumOp {
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
    return MatMul.out(matrix.tensor().shape(), in.get(0));
  }

  @Override
  public List<SumTerm> terms(List<Shape> in) {
    return List.of(SumTerm.own(0, MatMul.nests(matrix.tensor().shape(), in.get(0)).stream().map(LoopNest::exchanged).toList()));
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
