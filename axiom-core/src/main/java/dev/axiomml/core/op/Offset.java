package dev.axiomml.core.op;

import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/**
 * {@code y = x + b} with a learned {@code b}, broadcast from the right: a position embedding.
 *
 * <p>Shape: that of {@code x} broadcast with the offsets. One rounding an element.
 *
 * @param offsets {@code b}, finite
 */
public record Offset(Parameter offsets) implements AffineOp {
  @Override
  public Optional<Parameter> bias() {
    return Optional.of(offsets);
  }

  @Override
  public Offset withParameters(UnaryOperator<Parameter> change) {
    return new Offset(change.apply(offsets));
  }

  @Override
  public Shape out(List<Shape> in) {
    return Shapes.broadcast("offset", in.get(0), offsets.tensor().shape());
  }

  @Override
  public void taps(int operand, List<Shape> in, Taps taps) {
    Broadcasts.lines(
        in.get(0), out(in), (at, from, step, n) -> taps.line(at, 1, from, step, n, -1, 0));
  }

  @Override
  public Optional<Relaid> relaid(List<Type> in, int[] order) {
    int rank = order.length;
    return Optional.of(new Relaid(withParameters(p -> Broadcasts.relaid(p, rank, order)), order));
  }

  @Override
  public OptionalInt rows(List<Type> in, SampleAxes samples) {
    return samples.broadcast(List.of(in.get(0).shape(), offsets.tensor().shape()));
  }
}
