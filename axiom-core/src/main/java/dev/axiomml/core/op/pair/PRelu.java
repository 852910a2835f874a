package dev.axiomml.core.op.pair;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.op.BroadcastNests;
import dev.axiomml.core.op.CommonShapeRules;
import dev.axiomml.core.op.FamilyTypes;
import dev.axiomml.core.op.OpEmitter;
import dev.axiomml.core.op.OpLowering;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.PartsOp;
import dev.axiomml.core.op.ReorderedOp;
import dev.axiomml.core.op.SampleAxes;
import dev.axiomml.core.op.scalar.Neg;
import dev.axiomml.core.op.scalar.Relu;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/**
 * Rectifier with learned slopes: {@code x} above zero, {@code slope · x} below; NaN stays NaN.
 *
 * <p>Shape: any, unchanged; the slopes are broadcast from the right, one a channel when they are
 * (C). In the inference graph it becomes {@code relu(x) − slope · relu(−x)}, which rounds alike and
 * has linear bounds.
 *
 * @param slope slopes below zero, finite
 */
public record PRelu(Parameter slope) implements PartsOp {
  @Override
  public List<Parameter> parameters() {
    return List.of(slope);
  }

  @Override
  public PRelu withParameters(UnaryOperator<Parameter> change) {
    return new PRelu(change.apply(slope));
  }

  @Override
  public List<Type> infer(List<Type> in) {
    FamilyTypes.arity(this, in, 1);
    FamilyTypes.floats(this, in);
    Shape out = CommonShapeRules.broadcast("prelu", in.get(0).shape(), slope.tensor().shape());
    if (!out.matches(in.get(0).shape())) {
      throw new ShapeException(
          new Diagnosis(
              "prelu slopes " + slope.tensor().shape() + " on " + in.get(0).shape(),
              "",
              "the slopes are broadcast to the input, which keeps its shape",
              "use one slope, or one for each channel"));
    }
    return List.of(in.get(0));
  }

  @Override
  public Optional<ReorderedOp> relaid(List<Type> in, int[] order) {
    return Optional.of(
        new ReorderedOp(withParameters(p -> BroadcastNests.relaid(p, order.length, order)), order));
  }

  @Override
  public Optional<OpLowering> parts(List<Type> in) {
    return Optional.of(
        new OpLowering() {
          @Override
          public <V> List<V> emit(OpEmitter<V> to, List<V> x) {
            V below = to.one(new Neg(), to.emit(new Relu(), to.emit(new Neg(), x)));
            V scaled = to.one(new Scale(slope, Optional.empty()), List.of(below));
            return to.emit(new Add(), List.of(to.one(new Relu(), x), scaled));
          }
        });
  }

  @Override
  public boolean lowered() {
    return true;
  }

  @Override
  public OptionalInt rows(List<Type> in, SampleAxes samples) {
    return samples.broadcast(List.of(in.get(0).shape(), slope.tensor().shape()));
  }
}
