package dev.axiomml.core.op;

import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Sum of values, broadcast from the right; one rounding a term after the first. */
public record Add() implements AffineOp {
  @Override
  public Shape out(List<Shape> in) {
    return in.stream().reduce((a, b) -> Shapes.broadcast("add", a, b)).orElseThrow();
  }

  @Override
  public void taps(int operand, List<Shape> in, Taps taps) {
    Broadcasts.lines(
        in.get(operand), out(in), (at, from, step, n) -> taps.line(at, 1, from, step, n, -1, 0));
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
