package dev.axiomml.core.op.linear;

import dev.axiomml.core.op.KnownValue;
import dev.axiomml.core.op.OpLowering;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.SampleAxes;
import dev.axiomml.core.op.SumOp;
import dev.axiomml.core.op.SumTerm;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/**
 * A value times known matrices: {@code y = xB} over the last two axes; the axes before are
 * broadcast.
 *
 * <p>Shape: x (…, n, k) and B (…, k, m) to (…, n, m). One matrix for all makes a {@link Dense}.
 *
 * @param matrix B
 */
public record RightMatMul(Parameter matrix) implements SumOp {
  @Override
  public Optional<Parameter> weight() {
    return Optional.of(matrix);
  }

  @Override
  public RightMatMul withParameters(UnaryOperator<Parameter> change) {
    return new RightMatMul(change.apply(matrix));
  }

  @Override
  public Shape out(List<Shape> in) {
    return MatMul.out(in.get(0), matrix.tensor().shape());
  }

  @Override
  public List<SumTerm> terms(List<Shape> in) {
    return List.of(SumTerm.own(0, MatMul.nests(in.get(0), matrix.tensor().shape())));
  }

  @Override
  public Optional<OpLowering> given(List<Type> in, List<KnownValue> known) {
    return matrix.tensor().shape().rank() == 2
        ? Optional.of(OpLowering.to(new Dense(matrix, Optional.empty()), 0))
        : Optional.empty();
  }

  @Override
  public OptionalInt rows(List<Type> in, SampleAxes samples) {
    return MatMul.rows(in.get(0).shape(), matrix.tensor().shape(), samples);
  }
}
