package dev.axiomml.core.op;

import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/**
 * {@code y = x·s + b} with known factors and offsets, both broadcast from the right; per channel
 * when they are (C).
 *
 * <p>Shape: that of {@code x} broadcast with the factors.
 *
 * @param factor {@code s}
 * @param bias {@code b}
 */
public record Scale(Parameter factor, Optional<Parameter> bias) implements AffineOp {
  @Override
  public Optional<Parameter> weight() {
    return Optional.of(factor);
  }

  @Override
  public Scale withParameters(UnaryOperator<Parameter> change) {
    return new Scale(change.apply(factor), bias.map(change));
  }

  @Override
  public Shape out(List<Shape> in) {
    Shape scaled = Shapes.broadcast("scale", in.get(0), factor.tensor().shape());
    return bias.isEmpty() ? scaled : Shapes.broadcast("scale", scaled, bias.get().tensor().shape());
  }

  @Override
  public void taps(int operand, List<Shape> in, Taps taps) {
    Mul.lines(List.of(in.get(0), factor.tensor().shape()), out(in), taps);
  }

  @Override
  public Optional<Relaid> relaid(List<Type> in, int[] order) {
    int rank = order.length;
    return Optional.of(new Relaid(withParameters(p -> Broadcasts.relaid(p, rank, order)), order));
  }

  @Override
  public OptionalInt rows(List<Type> in, SampleAxes samples) {
    Shape offset = bias.map(p -> p.tensor().shape()).orElse(Shape.SCALAR);
    return samples.broadcast(List.of(in.get(0).shape(), factor.tensor().shape(), offset));
  }
}
