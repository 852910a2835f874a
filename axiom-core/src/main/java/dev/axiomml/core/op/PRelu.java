package dev.axiomml.core.op;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ShapeException;
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
    Families.arity(this, in, 1);
    Families.floats(this, in);
    Shape out = Shapes.broadcast("prelu", in.get(0).shape(), slope.tensor().shape());
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
  public Optional<Relaid> relaid(List<Type> in, int[] order) {
    return Optional.of(
        new Relaid(withParameters(p -> Broadcasts.relaid(p, order.length, order)), order));
  }

  @Override
  public Optional<Lowering> parts(List<Type> in) {
    return Optional.of(
        new Lowering() {
          @Override
          public <V> List<V> emit(Emitter<V> to, List<V> x) {
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
