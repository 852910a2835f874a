package dev.axiomml.core.op;

import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Difference of two values, broadcast from the right; one rounding. */
public record Sub() implements AffineOp {
  @Override
  public List<Type> infer(List<Type> in) {
    Families.arity(this, in, 2);
    return AffineOp.super.infer(in);
  }

  @Override
  public Shape out(List<Shape> in) {
    return Shapes.broadcast("sub", in.get(0), in.get(1));
  }

  @Override
  public Tensor coefficients(List<Shape> in) {
    return Tensor.of(Shape.of(1), -1);
  }

  @Override
  public void taps(int operand, List<Shape> in, Taps taps) {
    int weight = operand == 0 ? -1 : 0;
    Broadcasts.lines(
        in.get(operand),
        out(in),
        (at, from, step, n) -> taps.line(at, 1, from, step, n, weight, 0));
  }

  @Override
  public Optional<Relaid> relaid(List<Type> in, int[] order) {
    return Optional.of(new Relaid(this, order));
  }

  @Override
  public OptionalInt rows(List<Type> in, SampleAxes samples) {
    return samples.broadcast(Families.shapes(in));
  }
}
