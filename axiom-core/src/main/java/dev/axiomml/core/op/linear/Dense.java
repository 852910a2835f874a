package dev.axiomml.core.op.linear;

import dev.axiomml.core.linear.Loop;
import dev.axiomml.core.linear.LoopNest;
import dev.axiomml.core.op.SumOp;
import dev.axiomml.core.op.SumTerm;
import dev.axiomml.core.op.AxisOrderSettings;
import dev.axiomml.core.op.CommonShapeRules;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.ReorderedOp;
import dev.axiomml.core.op.SampleAxes;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/**
 * A linear layer on the last axis: {@code y = xW + b}.
 *
 * <p>Shape: (…, in) to (…, out). PyTorch's {@code nn.Linear} holds the weight as (out, in); here it
 * is (in, out).
 *
 * @param weightMatrix (in, out)
 * @param bias (out)
 */
public record Dense(Parameter weightMatrix, Optional<Parameter> bias) implements SumOp {
  /** Checks that weight and bias fit. */
  public Dense {
    Shape shape = weightMatrix.tensor().shape();
    CommonShapeRules.rank("dense weight", shape, 2);
    bias.ifPresent(b -> WeightChecks.require("dense bias", b, shape.sub(1, 2)));
  }

  /** Features in. */
  public int inputs() {
    return weightMatrix.tensor().shape().size(0);
  }

  /** Features out. */
  public int outputs() {
    return weightMatrix.tensor().shape().size(1);
  }

  @Override
  public Optional<Parameter> weight() {
    return Optional.of(weightMatrix);
  }

  @Override
  public Dense withParameters(UnaryOperator<Parameter> change) {
    return new Dense(change.apply(weightMatrix), bias.map(change));
  }

  @Override
  public Shape out(List<Shape> in) {
    if (in.get(0).rank() == 0) {
      CommonShapeRules.rank("dense", in.get(0), 2);
    }
    CommonShapeRules.channels("dense", in.get(0), inputs());
    return in.get(0).with(-1, Dim.of(outputs()));
  }

  @Override
  public List<SumTerm> terms(List<Shape> in) {
    int rows = in.get(0).sub(0, in.get(0).rank() - 1).count();
    return List.of(SumTerm.own(0, List.of(
        LoopNest.of(
            List.of(
                Loop.of(rows, outputs(), inputs(), 0),
                Loop.of(inputs(), 0, 1, outputs()),
                Loop.of(outputs(), 1, 0, 1))))));
  }

  /** The last axis must stay last. */
  @Override
  public Optional<ReorderedOp> relaid(List<Type> in, int[] order) {
    return AxisOrderSettings.keepsLast(order, 1)
        ? Optional.of(new ReorderedOp(this, order))
        : Optional.empty();
  }

  @Override
  public OptionalInt rows(List<Type> in, SampleAxes samples) {
    return samples.before(1, in);
  }
}
