package dev.axiomml.core.op.pair;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.op.FamilyTypes;
import dev.axiomml.core.op.OpEmitter;
import dev.axiomml.core.op.OpLowering;
import dev.axiomml.core.op.ReorderedOp;
import dev.axiomml.core.op.common.CommonShapeRules;
import dev.axiomml.core.op.parts.PartsOp;
import dev.axiomml.core.op.scalar.Neg;
import dev.axiomml.core.op.scalar.Relu;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;

/**
 * Rectifier with learned slopes: {@code x} above zero, {@code slope · x} below; NaN stays NaN.
 *
 * <p>Shape: x of any shape, and slopes that are broadcast from the right, one a channel when they
 * are (C), to that of x. In the inference graph it becomes {@code relu(x) − slope · relu(−x)},
 * which rounds alike and has linear bounds.
 */
public record PRelu() implements PartsOp {
  @Override
  public List<Type> infer(List<Type> in) {
    FamilyTypes.arity(this, in, 2);
    FamilyTypes.floats(this, in);
    Shape slope = in.get(1).shape();
    Shape out = CommonShapeRules.broadcast("prelu", in.get(0).shape(), slope);
    if (!out.matches(in.get(0).shape())) {
      throw new ShapeException(
          new Diagnosis(
              "prelu slopes " + slope + " on " + in.get(0).shape(),
              "",
              "the slopes are broadcast to the input, which keeps its shape",
              "use one slope, or one for each channel"));
    }
    return List.of(in.get(0));
  }

  @Override
  public Optional<ReorderedOp> relaid(List<Type> in, int[] order) {
    return Optional.of(new ReorderedOp(this, order));
  }

  @Override
  public Optional<OpLowering> parts(List<Type> in) {
    return Optional.of(
        new OpLowering() {
          @Override
          public <V> List<V> emit(OpEmitter<V> to, List<V> x) {
            List<V> data = x.subList(0, 1);
            V below = to.one(new Neg(), to.emit(new Relu(), to.emit(new Neg(), data)));
            V scaled = to.one(new Mul(), List.of(below, x.get(1)));
            return to.emit(new Add(), List.of(to.one(new Relu(), data), scaled));
          }
        });
  }

  @Override
  public boolean isLowered(List<Type> in) {
    return true;
  }
}
